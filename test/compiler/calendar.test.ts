import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf, dayNumber, daysBetween } from '../../compiler/resolve/calendar.ts';

const dayInMilliseconds = 86_400_000;
const epoch = dayNumber('1970-01-01');
/** From 1600 to 2400: all that a configuration could mean, and every rule about leap years. */
const days = fc.integer({ min: -135_140, max: 157_053 });

describe('calendar arithmetic', () => {
  it('agrees with the calendar of the machine, both ways', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = new Date(day * dayInMilliseconds).toISOString().slice(0, 10);
        expect([dateOf(epoch + day), dayNumber(date)]).toEqual([date, epoch + day]);
      }),
    );
  });

  it('adds days over months and leap days', () => {
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2100-02-28', 1)).toBe('2100-03-01');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2026-11-24', '2026-12-24')).toBe(30);
    expect(daysBetween('2026-11-24', '2026-11-23')).toBe(-1);
  });
});
