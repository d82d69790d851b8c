/** Lets one wait for what happens at any time, also while nobody waits. */
export class Bell {
  readonly #stop: AbortSignal;
  #hasRung = false;
  #wake: () => void = () => {};

  constructor(stop: AbortSignal) {
    this.#stop = stop;
    stop.addEventListener('abort', () => this.#wake(), { once: true });
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake();
  }

  /** Resolves `quiet` milliseconds after it rang, also before now; after `atMost` without a ring; at once on stop. */
  async rung(quiet: number, atMost?: number): Promise<void> {
    if (!this.#hasRung) await this.#sleep(atMost);
    if (this.#hasRung) await new Promise((resolve) => setTimeout(resolve, quiet));
    this.#hasRung = false;
  }

  async #sleep(atMost: number | undefined): Promise<void> {
    if (this.#stop.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (atMost !== undefined) timer = setTimeout(resolve, atMost);
    });
    clearTimeout(timer);
    this.#wake = () => {};
  }
}
