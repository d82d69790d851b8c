const dayInMilliseconds = 86_400_000;

/** Calendar days: `2026-02-27` and 2 are `2026-03-01`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayInMilliseconds).toISOString().slice(0, 10);
}

export function latest(date: string, other: string | undefined): string {
  return other === undefined || date > other ? date : other;
}
