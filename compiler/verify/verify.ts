import type { Artifacts } from '../../contract/artifacts/artifacts.ts';
import { gatewayViolations } from './gateway.ts';
import { schemaViolations } from './schemas.ts';
import { tokenViolations } from './tokens.ts';

/** The compiler itself is wrong: its own artifacts break a law. Never the fault of a configuration. */
export class BrokenArtifact extends Error {
  readonly violations: readonly string[];
  constructor(violations: readonly string[]) {
    super(`the compiled artifacts break ${violations.length} law(s):\n${violations.map((v) => `  ${v}`).join('\n')}`);
    this.name = 'BrokenArtifact';
    this.violations = violations;
  }
}

/** Proves laws on finished artifacts, from their text alone: it shares no code with what made them. */
export function verify(artifacts: Artifacts): void {
  const violations = [...schemaViolations(artifacts), ...tokenViolations(artifacts), ...gatewayViolations(artifacts)];
  if (violations.length > 0) throw new BrokenArtifact(violations);
}
