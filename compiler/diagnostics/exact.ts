/** False for what JSON cannot hold and for whole numbers that would silently become another number. */
export function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
