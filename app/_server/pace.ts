/** How often one may speak: `burst` at once, then one every `everyMs`. Remembers no more than `most` of them. */
export class Pace {
  private readonly until = new Map<string, number>();

  constructor(
    private readonly rules: { burst: number; everyMs: number; most: number },
    private readonly now: () => number = Date.now,
  ) {}

  mayGoOn(who: string): boolean {
    const { burst, everyMs, most } = this.rules;
    const now = this.now();
    const due = Math.max(now, this.until.get(who) ?? 0);
    if (due - now > (burst - 1) * everyMs) return false;
    this.until.delete(who);
    this.until.set(who, due + everyMs);
    // The one that has been silent the longest is forgotten first.
    const [oldest] = this.until.keys();
    if (this.until.size > most && oldest !== undefined) this.until.delete(oldest);
    return true;
  }
}
