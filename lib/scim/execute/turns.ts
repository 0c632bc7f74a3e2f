/** Gives back a turn. */
type Release = () => void;

interface Waiting {
  key: string;
  go: (release: Release) => void;
}

/**
 * Lets so many work at once, and fewer for one key, in the order in which they came: providers that
 * push with all their might must leave connections to the database for everybody else.
 */
export class Turns {
  private readonly busy = new Map<string, number>();
  private readonly waiting: Waiting[] = [];
  private working = 0;

  constructor(
    private readonly most: number,
    private readonly mostPerKey: number,
    private readonly mostWaiting: number,
  ) {}

  /** Resolves when it is this one's turn; null when too many wait already. */
  take(key: string): Promise<Release> | null {
    if (this.waiting.length >= this.mostWaiting) return null;
    return new Promise((go) => {
      this.waiting.push({ key, go });
      this.next();
    });
  }

  private isFree({ key }: Waiting): boolean {
    return this.working < this.most && (this.busy.get(key) ?? 0) < this.mostPerKey;
  }

  private next(): void {
    const at = this.working < this.most ? this.waiting.findIndex((one) => this.isFree(one)) : -1;
    const [one] = at < 0 ? [] : this.waiting.splice(at, 1);
    if (!one) return;
    this.change(one.key, 1);
    let released = false;
    one.go(() => {
      if (released) return;
      released = true;
      this.change(one.key, -1);
      this.next();
    });
  }

  private change(key: string, by: 1 | -1): void {
    this.working += by;
    const count = (this.busy.get(key) ?? 0) + by;
    if (count > 0) this.busy.set(key, count);
    else this.busy.delete(key);
  }
}
