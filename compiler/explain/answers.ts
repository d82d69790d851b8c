import { at } from '../resolve/resources.ts';
import { denialAnswers } from '../table/answers.ts';
import { budgetOf, limitsOf } from './allowance.ts';
import type { Enforcement } from './explanation.ts';
import { amount, grouped } from './numbers.ts';
import type { Answer, Route } from './route-schema.ts';
import type { Subject } from './subject.ts';

/** What a client may read instead of the model's answer. */
export function answersOf(subject: Subject, route: Omit<Route, 'answers'>): Answer[] {
  return [
    ...ofRequest(subject, route),
    ...ofGuardrails(route),
    ...ofBudget(subject, route),
    ...ofLimits(subject),
    ...ofProviders(route),
  ];
}

function ofRequest({ model, places }: Subject, route: Omit<Route, 'answers'>): Answer[] {
  const { environment } = model;
  const { maxBodyBytes } = environment.spec.gateway;
  const others = route.surfaces.some(({ served }) => !served);
  return [
    { status: 401, source: 'token', sentence: 'no token, one that expired or one of another issuer', place: null },
    {
      status: denialAnswers.token.status,
      source: 'token',
      sentence: 'a token that is no access token, or lacks the invoke scope',
      place: null,
    },
    ...(others
      ? [
          {
            status: denialAnswers.unsupported.status,
            source: 'path' as const,
            sentence: 'one of the paths that it is not served on',
            place: null,
          },
        ]
      : []),
    {
      status: denialAnswers.large.status,
      source: 'body',
      sentence: `a body over ${grouped(maxBodyBytes)} bytes`,
      place: places.of(at(environment, 'spec', 'gateway', 'maxBodyBytes')),
    },
  ];
}

function ofGuardrails({ guardrails }: Omit<Route, 'answers'>): Answer[] {
  return guardrails
    .filter(({ mode }) => mode === 'enforce')
    .flatMap(({ name, phases, rejects, asksWebhook, place }): Answer[] => {
      const what = phases.map((phase) => (phase === 'request' ? 'the request' : 'the answer')).join(' or ');
      const webhook = `the webhook of ${name} rejects, with a status of its own`;
      return [
        { status: rejects, source: 'guardrail', sentence: `${name} rejects ${what}`, place },
        ...(asksWebhook ? [{ status: null, source: 'guardrail' as const, sentence: webhook, place }] : []),
      ];
    });
}

/** Only where something refuses: a limit that nothing enforces answers nothing. */
function ofLimits(subject: Subject): Answer[] {
  const { requestsPerMinute, tokensPerDay } = limitsOf(subject);
  const answer = (
    value: number | null,
    what: string,
    enforcement: Enforcement | null,
    place: Answer['place'],
  ): Answer[] =>
    value === null || !refuses(enforcement)
      ? []
      : [{ status: 429, source: 'limit', sentence: `over ${grouped(value)} ${what}`, place }];
  return [
    ...answer(requestsPerMinute.value, 'requests a minute', requestsPerMinute.enforcement, requestsPerMinute.place),
    ...answer(tokensPerDay.value, 'tokens a day', tokensPerDay.enforcement, tokensPerDay.place),
  ];
}

function ofBudget(subject: Subject, { ledger }: Omit<Route, 'answers'>): Answer[] {
  const { monthlyUsd, models } = budgetOf(subject);
  const ofModel = models.filter(({ model }) => model === ledger.model);
  return [
    ...(refuses(monthlyUsd.enforcement)
      ? [
          {
            status: 402,
            source: 'budget' as const,
            sentence: `over ${amount(monthlyUsd.value ?? '0')} this month`,
            place: monthlyUsd.place,
          },
        ]
      : []),
    ...ofModel
      .filter(({ enforcement }) => refuses(enforcement))
      .map(({ model, monthlyUsd: own }) => ({
        status: 402,
        source: 'budget' as const,
        sentence: `over ${amount(own.value)} this month for ${model}`,
        place: own.place,
      })),
  ];
}

function refuses(enforcement: Enforcement | null): boolean {
  return enforcement !== null && enforcement.strength !== 'none';
}

/** What a provider says that nothing retries reaches the client as it is. */
function ofProviders({ cases }: Omit<Route, 'answers'>): Answer[] {
  const failing = cases.some(({ branches }) => branches.some(({ failover }) => failover !== null));
  const sentence = failing
    ? 'the last target that was tried also fails: its 429, 5xx and the like are handed on'
    : 'the provider fails: its 429, 5xx and the like are handed on';
  return [{ status: null, source: 'provider', sentence, place: null }];
}
