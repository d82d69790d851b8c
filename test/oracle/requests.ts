import type fc from 'fast-check';
import type { ConfigTestCase } from '../../compiler/schema/config-test.ts';
import { bodyOf } from '../../toolchain/config-tests/bodies.ts';
import type { Credential, TestRequest, World } from '../../toolchain/config-tests/engine.ts';
import type { Configuration } from './configuration.ts';
import { type Draw, drawn, maybe, oneOf, someOf } from './draw.ts';
import { modelNames } from './models.ts';
import { surfaces } from './routing.ts';

type Headers = TestRequest['headers'];
type Given = ConfigTestCase['given'];

export interface Asked {
  readonly request: TestRequest;
  readonly world: World;
}

/** Requests to one configuration: mostly such that are served, and whatever lies next to them. */
export function asked(configuration: Configuration): fc.Arbitrary<Asked> {
  return drawn((draw) => {
    const sender = senderOf(draw, configuration);
    const names = modelNames(configuration.profiles, sender.profile);
    const method = draw(oneOf<'POST' | 'GET'>(...Array<'POST'>(12).fill('POST'), 'GET'));
    const path = pathOf(draw, method);
    const facts = draw(oneOf(plain, plain, odd))(draw, path);
    const model = modelOf(draw, configuration, names);
    const body = bodyOf({ path, ...(method === 'POST' ? { model, body: facts } : {}) }, method);
    if ('problem' in body) throw new Error(body.problem);
    const calm = maybe(draw, 0.2, () => true) === true;
    return {
      request: {
        method,
        path,
        headers: { 'content-type': 'application/json', ...draw(oneOf<Headers>({}, {}, batch, spoofed)) },
        body: body.text,
        credential: draw(oneOf<Credential>(...Array<Credential>(60).fill('valid'), ...wrong)),
        client: sender.client,
        claims: sender.claims,
      },
      world: worldOf(draw, configuration, names, calm),
    };
  });
}

const wrong: readonly Credential[] = [
  'missing',
  'expired',
  'wrong-issuer',
  'without-scope',
  'id-token',
  'unknown-client',
];
const batch = { 'x-workload': 'batch' };
/** What only the gateway itself may say. */
const spoofed = { 'x-gw-rule': 'base.smart', 'x-workload': 'Batch', 'x-retry-attempt': '1' };

interface Sender extends Pick<TestRequest, 'client' | 'claims'> {
  readonly profile: string;
}

/** Only app clients that exist here have a credential; people may claim anything. */
function senderOf(draw: Draw, { tenants, federation }: Configuration): Sender {
  const present = tenants.filter((tenant) => !isGone(tenant));
  const served = present.filter(isServed);
  const pools = [served, served, served, served, present].filter((pool) => pool.length > 0);
  const { metadata, spec } = draw(oneOf(...draw(oneOf(...pools, tenants))));
  const person = federation !== undefined && (isGone({ spec }) || draw(oneOf(true, false, false)));
  if (person) {
    const nobody = draw(oneOf('nobody', '', '@claim', undefined));
    const claim = draw(oneOf(...Array<string>(9).fill(metadata.name), nobody));
    const claims = { username: 'kim', ...(claim === undefined ? {} : { acts_for: claim }) };
    return { client: 'federation/workforce', claims, profile: spec.routing };
  }
  const client = draw(oneOf(...(spec.clients ?? [])))?.name ?? 'default';
  // What an app client claims is nobody's business.
  const claims = draw(oneOf({}, {}, { acts_for: 't1' }));
  return { client: `${metadata.name}/${client}`, claims, profile: spec.routing };
}

function isServed({ spec }: Configuration['tenants'][number]): boolean {
  const override = spec.environments?.['dev'];
  const decided = [spec, override === 'absent' ? {} : (override ?? {})];
  return decided.every(({ status, limits = {} }) => status === undefined && !Object.values(limits).includes(0));
}

/** Its app clients have no credentials in this environment. */
function isGone({ spec }: Pick<Configuration['tenants'][number], 'spec'>): boolean {
  const override = spec.environments?.['dev'];
  return override === 'absent' || override?.status === 'retired' || spec.status === 'retired';
}

function pathOf(draw: Draw, method: 'POST' | 'GET'): string {
  if (method === 'GET') return draw(oneOf('/v1/models', '/v1/models', '/v1/messages', '/', '/v1/models/smart'));
  const chat = '/v1/chat/completions';
  const near = ['/v1/models', '/v1/messages/', '/v1/completions', '/V1/messages', '/v1/embeddings?x=1'];
  return draw(oneOf(chat, chat, chat, chat, chat, chat, ...surfaces, ...surfaces, ...surfaces, draw(oneOf(...near))));
}

function modelOf(draw: Draw, { profiles }: Configuration, names: readonly string[]): string {
  const others = profiles.flatMap(({ metadata }) => modelNames(profiles, metadata.name));
  const near = [
    '',
    'smart ',
    'Smart',
    'gpt-*',
    'gpt-future',
    'gemini-extra',
    'gpt-extra',
    'toString',
    'smart-latest/x',
  ];
  const pool = draw(oneOf(...Array<readonly string[]>(12).fill(names), others, near));
  return draw(oneOf(...(pool.length === 0 ? near : pool)));
}

type Body = NonNullable<Given['body']>;

function plain(draw: Draw, path: string): Body {
  const words = ['hello', 'alpha-1', 'beta-22', 'hook-3'];
  const counted = path.startsWith('/v1/messages/count_tokens') || path.startsWith('/v1/embeddings');
  return {
    text: `please ${draw(someOf(0.12, words)).join(' and ')}${'.'.repeat(draw(oneOf(0, 0, 1500)))}`,
    ...(counted
      ? {}
      : {
          maxTokens: draw(oneOf(undefined, 100, 101, 4000, 4001)),
          stream: draw(oneOf(undefined, undefined, true, false)),
          tools: draw(oneOf(undefined, undefined, true, false)),
          system: draw(oneOf(undefined, undefined, undefined, 'be brief', 'be alpha-4')),
        }),
  };
}

/** Bodies that are large, or no JSON object with a model. */
function odd(draw: Draw, path: string): Body {
  const raw = draw(oneOf('', 'no json', '[]', '{"model":5}', '{"model":null}', '{"messages":[]}', '{"model":""}'));
  return draw(
    oneOf<Body>({ raw }, { padToBytes: 5000 }, { padToBytes: 65_000 }, { padToBytes: 66_000 }, plain(draw, path)),
  );
}

function worldOf(draw: Draw, configuration: Configuration, names: readonly string[], repeated: boolean): World {
  const failing = configuration.providers.map(({ metadata }) => {
    const behaviour = draw(
      oneOf<World['budgetService']>('ok', 'ok', 'ok', 'down', 'slow', 429, 500, 503, 529, 400, 401),
    );
    return [metadata.name, behaviour] as const;
  });
  const spent = () => draw(oneOf('0', '0', '0', '0', '5.00', '9.999999', '10', '20.00', '1000'));
  return {
    // What came before must have taught the gateway nothing about its providers.
    providers: repeated ? {} : Object.fromEntries(failing),
    answer: draw(oneOf('fine', 'fine', 'fine', 'alpha-7', 'beta-7 and alpha-7')),
    spent: { tenantUsd: spent(), models: Object.fromEntries(names.map((name) => [name, spent()])) },
    budgetService: draw(oneOf<World['budgetService']>(...Array<'ok'>(8).fill('ok'), 'down', 'slow', 500)),
    webhook: draw(
      oneOf<World['webhook']>(
        'ok',
        'ok',
        'ok',
        'down',
        { action: { body: 'no', status_code: 422 } },
        { action: { pass: {} } },
      ),
    ),
    requestsBefore: repeated ? draw(oneOf(1, 2, 3, 5)) : 0,
  };
}
