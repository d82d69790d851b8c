import type { AnalysedEnvironment } from '../analysis.ts';
import type { ResolvedProfile, ResolvedTenant } from '../resolve/model.ts';
import type { Places } from './place.ts';

/** One tenant in one environment, with what is asked about it: what every part of an explanation reads. */
export interface Subject extends AnalysedEnvironment {
  readonly tenant: ResolvedTenant;
  /** undefined: the tenant refers to a profile that is not there, which is a finding. */
  readonly profile: ResolvedProfile | undefined;
  readonly places: Places;
  readonly question: Question;
}

export interface Question {
  readonly tenant: string;
  /** What a client sends as model. */
  readonly model?: string;
  readonly client?: string;
  readonly path?: string;
}
