import type { GuardrailDefinitions } from '../../contract/artifacts/guardrails.ts';
import { canonicalText, digest, type Json } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { Model } from '../resolve/model.ts';
import { at, type Resource } from '../resolve/resources.ts';
import { contentFilters } from '../schema/guardrail.ts';
import type { Emitted } from './emitted.ts';

type Spec = Resource<'Guardrail'>['spec'];
type Definition = GuardrailDefinitions['guardrails'][string];
type Bedrock = NonNullable<Definition['bedrock']>;

/** Guardrails that a tenant of the environment has, or that the environment makes mandatory. */
export function emitGuardrails(model: Model): Emitted {
  const { mandatory } = model.environment.spec.guardrails;
  const used = [...new Set([...mandatory, ...model.tenants.flatMap((tenant) => tenant.guardrails)])];
  const resources = used.flatMap((name) => model.resources.guardrails.get(name) ?? []);
  const value: GuardrailDefinitions = {
    schemaVersion,
    environment: model.environment.name,
    mandatory: [...mandatory],
    guardrails: Object.fromEntries(resources.map((guardrail) => [guardrail.name, definition(guardrail.spec)])),
  };
  return {
    value: value as Json,
    sources: [
      { path: [], origin: at(model.environment) },
      { path: ['mandatory'], origin: at(model.environment, 'spec', 'guardrails', 'mandatory') },
      ...resources.map((guardrail) => ({ path: ['guardrails', guardrail.name], origin: at(guardrail, 'spec') })),
    ],
  };
}

function definition(spec: Spec): Definition {
  const bedrock = spec.bedrock === undefined ? null : bedrockDefinition(spec, spec.bedrock);
  return {
    bedrock,
    digest: bedrock === null ? null : digest(canonicalText(bedrock as Json)),
    mode: spec.mode,
    phases: [...spec.phases],
    streaming: spec.streaming,
    patterns: spec.patterns.map((pattern) => ({
      name: pattern.name,
      regex: pattern.regex ?? null,
      builtin: pattern.builtin ?? null,
      action: pattern.action,
    })),
    webhook: spec.webhook ?? null,
    rejection: spec.rejection,
  };
}

const filterTypes = {
  hate: 'HATE',
  insults: 'INSULTS',
  sexual: 'SEXUAL',
  violence: 'VIOLENCE',
  misconduct: 'MISCONDUCT',
  promptAttack: 'PROMPT_ATTACK',
} as const;

/** In detect mode every action is NONE: evaluated and reported, nothing blocked. */
function bedrockDefinition(spec: Spec, bedrock: NonNullable<Spec['bedrock']>): Bedrock {
  const enforce = spec.mode === 'enforce';
  const block = enforce ? 'BLOCK' : 'NONE';
  const piiAction = { block: 'BLOCK', mask: 'ANONYMIZE' } as const;
  return {
    contentFilters: contentFilters.flatMap((name) => {
      const filter = bedrock.contentFilters[name];
      if (filter === undefined) return [];
      return [
        { type: filterTypes[name], inputStrength: filter.input, outputStrength: filter.output, action: block } as const,
      ];
    }),
    piiEntities: bedrock.pii.map(({ entity, action }) => ({
      type: entity,
      action: enforce ? piiAction[action] : 'NONE',
    })),
    topics: bedrock.deniedTopics.map((topic) => ({ ...topic, examples: [...topic.examples], action: block })),
    profanity: bedrock.words.profanity,
    words: [...bedrock.words.list],
    wordAction: block,
  };
}
