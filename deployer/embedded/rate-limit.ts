/**
 * At most `perSecond` accepted requests for one key within any second of real time. Refused requests do not count,
 * so a client that backs off always gets through.
 */
export class RateLimit {
  readonly #perSecond: number;
  readonly #clock: () => number;
  readonly #accepted = new Map<string, number[]>();

  constructor(perSecond: number, clock: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#clock = clock;
  }

  take(key: string): boolean {
    const now = this.#clock();
    const recent = (this.#accepted.get(key) ?? []).filter((time) => now - time < 1000);
    const accepted = recent.length < this.#perSecond;
    this.#accepted.set(key, accepted ? [...recent, now] : recent);
    return accepted;
  }
}
