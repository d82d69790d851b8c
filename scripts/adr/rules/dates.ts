import { field, type Rule } from '../record.ts';

/** The date is an ISO date that exists and has come. */
export const dates: Rule = ({ adrs, today }) =>
  adrs.flatMap((adr) => {
    const date = field(adr, 'Date');
    if (date === undefined) return [];
    const at = { file: adr.file, line: date.line, rule: 'dates' };
    if (!isDate(date.value)) {
      const hint = 'the day of the decision as YYYY-MM-DD';
      return [{ ...at, message: `"${date.value}" is no date`, hint }];
    }
    if (date.value <= today) return [];
    return [{ ...at, message: `${date.value} is in the future`, hint: `today is ${today}` }];
  });

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  // A day that its month does not have may parse, as a day of the next month.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
