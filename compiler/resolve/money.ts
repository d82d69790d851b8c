/**
 * Decimal arithmetic on integers: a decimal string becomes a BigInt of 10⁻¹² units, far below any rate's last digit.
 */
const decimals = 12;
const unit = 10n ** BigInt(decimals);

/** `text` is a plain decimal such as "3.30" with at most twelve decimals; the schemas see to that. */
export function toUnits(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * unit + BigInt(fraction.padEnd(decimals, '0'));
}

/** The shortest decimal of a value, with at least `minDecimals` decimals. */
export function toDecimal(units: bigint, minDecimals = 0): string {
  const whole = units / unit;
  const fraction = (units % unit).toString().padStart(decimals, '0').replace(/0+$/, '').padEnd(minDecimals, '0');
  return fraction === '' ? whole.toString() : `${whole}.${fraction}`;
}

/** Decimals that the shortest form of a value has. */
export function decimalsOf(units: bigint): number {
  return toDecimal(units).split('.')[1]?.length ?? 0;
}

/** `rate` less `percent`, exactly. Both have at most six decimals, so nothing is lost. */
export function discounted(rate: bigint, percent: bigint): bigint {
  return (rate * (100n * unit - percent)) / (100n * unit);
}

/** An amount in USD as artifacts write it: two decimals. */
export function usdText(text: string): string {
  return toDecimal(toUnits(text), 2);
}
