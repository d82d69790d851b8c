/** 1 500 000: groups of three, without a sign that some readers take for a decimal point. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function amount(usd: string): string {
  const [whole = '', cents = '00'] = usd.split('.');
  return `${grouped(Number(whole))}.${cents} USD`;
}
