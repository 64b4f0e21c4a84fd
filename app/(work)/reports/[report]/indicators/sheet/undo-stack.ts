/** Steps that can be taken back and taken again; a new step forgets those that were taken back. */
export class UndoStack<Step> {
  private done: Step[] = [];
  private undone: Step[] = [];

  constructor(private readonly deepest = 200) {}

  push(step: Step): void {
    this.done = [...this.done.slice(-(this.deepest - 1)), step];
    this.undone = [];
  }

  /** The step to take back, or null. */
  undo(): Step | null {
    const step = this.done.pop();
    if (step === undefined) return null;
    this.undone.push(step);
    return step;
  }

  /** The step to take again, or null. */
  redo(): Step | null {
    const step = this.undone.pop();
    if (step === undefined) return null;
    this.done.push(step);
    return step;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }
}
