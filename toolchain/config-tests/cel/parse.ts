import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { Unknown } from './failure.ts';

export type Node = ASTNode;

/** The library's limits are made for strangers' expressions; the tables of a config are larger. */
const environment = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 50_000_000, maxMapEntries: 10_000_000, maxListElements: 10_000_000, maxDepth: 250 },
});

/**
 * The syntax tree. Only the parser is the library's: the gateway's functions see the errors of their arguments, its
 * types differ, and a literal map has to be made once and not per request.
 */
export function parse(source: string): Node {
  try {
    return environment.parse(source).ast;
  } catch (error) {
    throw new Unknown(`no expression: ${error instanceof Error ? error.message : String(error)}`);
  }
}
