/** The day on which every deploy of these tests happens. */
export const today = '2026-11-24';
