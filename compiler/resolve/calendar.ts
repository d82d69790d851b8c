/**
 * Calendar arithmetic on days as the configuration writes them, YYYY-MM-DD; the schemas have checked that they exist. In
 * days since 0000-03-01, so that the leap day is the last of its year.
 */
const daysInFourCenturies = 146_097;

export function dayNumber(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const shifted = month > 2 ? year : year - 1;
  const century = Math.floor(shifted / 100);
  const leapDays = Math.floor(shifted / 4) - century + Math.floor(century / 4);
  return shifted * 365 + leapDays + dayOfYear((month + 9) % 12) + day - 1;
}

/** Days before a month, March being 0. */
function dayOfYear(month: number): number {
  return Math.floor((153 * month + 2) / 5);
}

export function dateOf(number: number): string {
  const era = Math.floor(number / daysInFourCenturies);
  const inEra = number - era * daysInFourCenturies;
  const leapDays =
    Math.floor(inEra / 1460) - Math.floor(inEra / 36_524) + Math.floor(inEra / (daysInFourCenturies - 1));
  const yearInEra = Math.floor((inEra - leapDays) / 365);
  const inYear = inEra - (365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100));
  const shiftedMonth = Math.floor((5 * inYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearInEra + era * 400 + (month <= 2 ? 1 : 0);
  const text = (value: number, width: number) => String(value).padStart(width, '0');
  return `${text(year, 4)}-${text(month, 2)}-${text(inYear - dayOfYear(shiftedMonth) + 1, 2)}`;
}

/** `2026-02-27` and 2 are `2026-03-01`. */
export function addDays(date: string, days: number): string {
  return dateOf(dayNumber(date) + days);
}

/** Negative where `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
