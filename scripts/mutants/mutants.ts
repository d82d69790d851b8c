import { decisionMutants } from './decision.ts';
import type { Mutant } from './mutant.ts';
import { policyMutants } from './policies.ts';
import { routeMutants } from './routes.ts';
import { tableMutants } from './table.ts';

export const mutants: readonly Mutant[] = [...tableMutants, ...decisionMutants, ...routeMutants, ...policyMutants];
