/** What an expression may speak of. */
export interface Vocabulary {
  /** Variables with their fields; `any` where fields are data, such as claims. */
  readonly variables: Readonly<Record<string, readonly string[] | 'any'>>;
  /** What `uuid()` returns. */
  readonly uuid: () => string;
}
