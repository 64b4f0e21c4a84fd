/** How many requests of each person are held open; above `most` there is no room for one more. */
export class Waiters {
  private readonly counts = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** What ends the waiting, or null when the person has too many already. */
  begin(userId: string): (() => void) | null {
    const count = this.counts.get(userId) ?? 0;
    if (count >= this.most) return null;
    this.counts.set(userId, count + 1);
    return () => {
      const left = (this.counts.get(userId) ?? 1) - 1;
      if (left > 0) this.counts.set(userId, left);
      else this.counts.delete(userId);
    };
  }
}
