import { tokenOpening } from '../../../contract/tokens.ts';
import type { Path, Report } from '../../diagnostics/finding.ts';
import type { TreeCheck } from '../check.ts';

/** A token in an artifact is replaced at deploy time; nobody but the compiler may write one. */
export const securityReservedToken: TreeCheck = function* ({ documents }) {
  for (const { file, text, value } of documents) {
    // As it stands, or by an escape: no other text becomes one.
    if (text.includes(tokenOpening) || text.includes('\\')) yield* search(file, value, []);
  }
};

function* search(file: string, value: unknown, path: Path): Iterable<Report> {
  if (typeof value === 'string') {
    if (value.includes(tokenOpening)) yield report(file, path, false);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const below = [...path, Array.isArray(value) ? Number(key) : key];
      if (key.includes(tokenOpening)) yield report(file, below, true);
      yield* search(file, item, below);
    }
  }
}

function report(file: string, path: Path, key: boolean): Report {
  return {
    code: 'security/reserved-token',
    message: `the text contains ${tokenOpening}, which opens a token that the deployer replaces`,
    at: { file, path, key },
    hint: 'write it without the brace',
  };
}
