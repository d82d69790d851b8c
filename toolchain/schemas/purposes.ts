import type { Kind } from '../../compiler/schema/kinds.ts';

/** What a file of each kind is for: the first thing that an editor shows. */
export const purposes: Readonly<Record<Kind, string>> = {
  Project: 'The project: which gateway version is compiled for, and what a merge deploys',
  Tiers: 'The tiers that tenants choose from: default limits and budgets, and their ceilings',
  Federation: 'How people sign in: identity providers, and the client that they use',
  Tenant: 'A team that uses the gateway: who owns it, what it may use and spend',
  Provider: 'A model provider: where it is, how it is paid, how the gateway signs in',
  RoutingProfile: 'Public models, and where requests for them go',
  ConfigTest: 'Requests, and what must come of them: run by gatewright test',
  Guardrail: 'What is looked for in requests and answers, and what then happens',
  PriceList: 'What models cost, and since when',
  Environment: 'Where a gateway runs, and how strict it is',
};
