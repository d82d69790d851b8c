import type { Artifacts } from '../../contract/artifacts/artifacts.ts';
import type { Model } from '../resolve/model.ts';
import { type Violation, violationsOf } from './laws.ts';

/** Beyond this many, one mistake shows itself over and over. */
const shown = 50;

/** The compiler itself is wrong: its own artifacts break a law. Never the fault of a configuration. */
export class BrokenArtifact extends Error {
  readonly violations: readonly Violation[];
  constructor(environment: string, violations: readonly Violation[]) {
    const lines = violations.slice(0, shown).map(({ law, message }) => `  ${law}: ${message}`);
    const more = violations.length > shown ? [`  and ${violations.length - shown} more`] : [];
    super(
      [`the artifacts compiled for ${environment} break ${violations.length} law(s):`, ...lines, ...more].join('\n'),
    );
    this.name = 'BrokenArtifact';
    this.violations = violations;
  }
}

/** Proves laws on finished artifacts, from their texts and the model alone: it shares no code with what made them. */
export function verify(model: Model, artifacts: Artifacts): void {
  const violations = violationsOf(model, artifacts);
  if (violations.length > 0) throw new BrokenArtifact(model.environment.name, violations);
}
