/** Why a deploy is refused before anything was done. Values, not exceptions: all of them are reported together. */
export type ViolationCode =
  | 'release-damaged'
  | 'infra-missing'
  | 'infra-invalid'
  | 'wrong-environment'
  | 'wrong-account'
  | 'wrong-region'
  | 'unbound-token'
  | 'unsafe-value'
  | 'guardrail-not-published'
  | 'guardrail-differs'
  | 'task-definition-too-large'
  | 'wrong-bucket'
  | 'wrong-user-pool'
  | 'state-invalid'
  | 'state-missing'
  | 'ambiguous-client'
  | 'client-kind-changed'
  | 'too-many-deletions'
  | 'locked'
  | 'no-credentials';

export interface Violation {
  readonly code: ViolationCode;
  readonly reason: string;
  readonly fix: string;
}
