/** Of a duration such as 50ms or 60s. */
export function milliseconds(duration: string): number {
  return Number.parseInt(duration, 10) * (duration.endsWith('ms') ? 1 : 1000);
}
