import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalsOf, discounted, toDecimal, toUnits, usdText } from '../../compiler/resolve/money.ts';

/** A decimal as digits: whole part, then decimals without a point. */
const decimal = (most: number) =>
  fc
    .tuple(fc.nat({ max: 999_999_999 }), fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: most }))
    .map(([whole, fraction]) => (fraction === '' ? `${whole}` : `${whole}.${fraction}`));

const rate = decimal(6);
const percent = fc
  .nat({ max: 10_000 })
  .map((hundredths) => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`);

/** Numerator over 10ⁿ: an oracle that shares nothing with the code. */
function rational(text: string): readonly [bigint, bigint] {
  const [whole = '', fraction = ''] = text.split('.');
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
}

function equal([a, b]: readonly [bigint, bigint], [c, d]: readonly [bigint, bigint]): boolean {
  return a * d === c * b;
}

describe('money', () => {
  it('keeps every decimal through a round trip, in its shortest form', () => {
    fc.assert(
      fc.property(decimal(12), (text) => {
        const shortest = toDecimal(toUnits(text));
        expect(equal(rational(shortest), rational(text))).toBe(true);
        expect(shortest).not.toMatch(/\.\d*0$|\.$/);
        expect(toDecimal(toUnits(shortest))).toBe(shortest);
        expect(decimalsOf(toUnits(text))).toBe(shortest.split('.')[1]?.length ?? 0);
      }),
    );
  });

  it('discounts exactly: rate × (100 − percent) ÷ 100', () => {
    fc.assert(
      fc.property(rate, percent, (r, p) => {
        const [rn, rd] = rational(r);
        const [pn, pd] = rational(p);
        const expected = [rn * (100n * pd - pn), rd * 100n * pd] as const;
        expect(equal(rational(toDecimal(discounted(toUnits(r), toUnits(p)))), expected)).toBe(true);
      }),
    );
  });

  it('orders amounts as numbers, not as text', () => {
    fc.assert(
      fc.property(decimal(2), decimal(2), (a, b) => {
        const [an, ad] = rational(a);
        const [bn, bd] = rational(b);
        expect(toUnits(a) < toUnits(b)).toBe(an * bd < bn * ad);
      }),
    );
  });

  it.each([
    ['5', '5.00'],
    ['5.5', '5.50'],
    ['0.10', '0.10'],
    ['999999999.99', '999999999.99'],
  ])('writes %s USD as %s', (text, written) => {
    expect(usdText(text)).toBe(written);
  });
});
