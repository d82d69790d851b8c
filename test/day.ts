/** The day of the tests: projects are compiled and deployed on it. */
export const day = '2026-11-24';
