/** Limits of one YAML file: far above what people write, far below what could hurt. The size limits stand in tree.ts. */
export const maxAliases = 100;
/** Values that the aliases of a file may add, counted as if each were written out. */
export const maxAliasedValues = 10_000;
export const maxDepth = 64;
export const maxValues = 50_000;
/** One broken bracket can make hundreds of errors; the first ones are about the cause. */
export const maxSyntaxErrors = 10;
/** The same slip all over a file is understood after some of them. */
export const maxProblems = 100;
