/**
 * How many documents are imported at once: one of a person, and `most` that are read. A slow network keeps nobody else
 * out: the places of those that are read are taken only once the file is there.
 */
export class ImportRoom {
  readonly #people = new Set<string>();
  #read = 0;

  constructor(private readonly most: number) {}

  /** Null, and nothing done, while another of this person's is under way. */
  async alone<T>(who: string, work: () => Promise<T>): Promise<T | null> {
    if (this.#people.has(who)) return null;
    this.#people.add(who);
    try {
      return await work();
    } finally {
      this.#people.delete(who);
    }
  }

  /** Null, and nothing done, while as many are read as there are places. */
  async among<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#read >= this.most) return null;
    this.#read += 1;
    try {
      return await work();
    } finally {
      this.#read -= 1;
    }
  }
}
