import { describe, expect, it } from 'vitest';
import { violationsOf } from '../../../compiler/verify/laws.ts';
import { broken, brokenPart, brokenText, dev, environment, lab, metadata, route, told } from './broken.ts';

const classOf = (tenant: string): string => {
  const table = JSON.parse(dev.artifacts['decision-table.json']) as {
    readonly tenants: Readonly<Record<string, { readonly class: string }>>;
  };
  return table.tenants[tenant]?.class ?? '';
};

const acme = classOf('acme');
const globex = classOf('globex');
const list = route('models', 'policies', 'directResponse', 'bodyExpression');

/** JSON text within a CEL literal. */
const quoted = (text: string): string => text.replaceAll('"', '\\"');

describe('a release as it was compiled', () => {
  it.each([['dev'], ['lab']] as const)('breaks no law: %s', (name) => {
    const { model, artifacts } = environment(name);
    expect(violationsOf(model, artifacts)).toEqual([]);
  });

  it('breaks laws beside the model of another environment', () => {
    expect(told(violationsOf(lab.model, dev.artifacts))).toMatch(
      /rows: .*Tenant acme \(tenants\/acme\.yaml\) has rpm 100/,
    );
  });
});

describe('credentials', () => {
  it.each([
    [
      'lead to their tenant',
      '"@{client:acme/batch}":"acme"',
      '"@{client:acme/batch}":"globex"',
      /credentials: .*\{client:acme\/batch\} to "globex" instead of acme/,
    ],
    [
      'are all there',
      '"@{client:globex/default}":"globex",',
      '',
      /credentials: .*\{client:globex\/default\} to nothing/,
    ],
    [
      'of people lead to the claim',
      ':"@claim"',
      ':"acme"',
      /credentials: .*federation\/workforce\} to "acme" instead of @claim/,
    ],
    [
      'of machines do not',
      '"@{client:acme/default}":"acme"',
      '"@{client:acme/default}":"@claim"',
      /credentials: .*acme\/default\} to "@claim" instead of acme/,
    ],
    ['that nobody has lead nowhere', '{"@{client:', '{"guest":"acme","@{client:', /credentials: .* lets in guest/],
    ['are looked up by client id', '[jwt.client_id]', '[jwt.sub]', /expressions: .*metadata credential reads/],
  ])('%s', (_, part, by, expected) => {
    expect(told(brokenPart(metadata('credential'), part, by))).toMatch(expected);
  });

  it('count only with their claim', () => {
    const by =
      'metadata.credential == "@claim" ? coalesce(string(jwt.tenant), metadata.credential) : metadata.credential';
    expect(told(broken(metadata('tenantId'), () => by))).toMatch(/^expressions: .*tenantId reads/);
  });
});

describe('rows', () => {
  it.each([
    ['name the class of their tenant', acme, globex, /rules|classes/],
    [
      'refuse a suspended tenant',
      '!suspended',
      acme,
      /rows: .*Tenant paused \(tenants\/paused\.yaml\) has class "c-.*" instead of !suspended/,
    ],
    ['refuse where a limit is zero', '!limit', acme, /rows: .*Tenant zero .* instead of !limit/],
    ['refuse nobody else', acme, '!suspended', /rows: .*Tenant acme .* is refused with !suspended/],
    ['have the cost centre', 'CC-$$1', 'CC-9', /rows: .*has cc "CC-9" instead of "CC-\$1"/],
    [
      'have the requests of a minute',
      quoted('"rpm":50'),
      quoted('"rpm":500'),
      /rows: .*Tenant globex .*has rpm 500 instead of 50/,
    ],
    ['have the tokens of a day', quoted(',"tpd":500000'), '', /rows: .*has tpd nothing instead of 500000/],
    [
      'are only for tenants that are here',
      '{"acme"',
      `{"gone":"${quoted('{"id":"gone"}')}","acme"`,
      /credentials: .*a row gone/,
    ],
    ['are JSON', quoted('{"id":"acme"'), quoted('["id":"acme"'), /rows: .*has id nothing/],
  ])('%s', (_, part, by, expected) => {
    expect(told(brokenPart(metadata('tenant'), part, by))).toMatch(expected);
  });
});

describe('the decision', () => {
  const rule = metadata('decision');

  it.each([
    ['takes access tokens only', 'jwt.token_use == "access" && ', ''],
    ['takes tokens of its own scope only', 'https://gateway.example/invoke', 'https://gateway.example/admin'],
    ['asks for the token first', '!coalesce(jwt.token_use', 'coalesce(jwt.token_use'],
    [
      'refuses a tenant before it looks at the body',
      'metadata.tenant.class.startsWith("!") ? metadata.tenant.class : ',
      '',
    ],
    [
      'refuses a body that it did not read',
      'coalesce(request.body == null, true)',
      'coalesce(request.body == null, false)',
    ],
    ['refuses a model that it does not know', '"!model")', '"base.sonnet")'],
  ])('%s', (_, part, by) => {
    expect(told(brokenPart(rule, part, by))).toMatch(/expressions: .*metadata decision reads .* instead of /);
  });

  it.each([
    [
      'is what a pattern blocks',
      'coalesce(metadata.blocked, "!blocked") : metadata.decision',
      'metadata.decision : metadata.decision',
    ],
    [
      'fails closed where looking fails',
      'coalesce(metadata.blocked, "!blocked") != ""',
      'coalesce(metadata.blocked, "") != ""',
    ],
  ])('%s', (_, part, by) => {
    expect(told(brokenPart(metadata('rule'), part, by))).toMatch(/expressions: .*metadata rule reads .* instead of /);
  });

  it('leads each name that is allowed to a rule, and no other', () => {
    expect(told(brokenPart(rule, `,"${acme}/split":"base.split"`, ''))).toMatch(
      /classes: .*no rule for split, which is allowed \(Tenant acme \(tenants\/acme\.yaml\)/,
    );
    expect(told(brokenPart(rule, `{"${acme}/auto"`, `{"${globex}/split":"base.split","${acme}/auto"`))).toMatch(
      /classes: .*leads split to base\.split, but it is not allowed \(Tenant globex/,
    );
  });

  it('leads a name to the rule of its own model, guards and residency', () => {
    const swapped = told(
      brokenPart(rule, `"${globex}/sonnet":"base.sonnet.g-`, `"${globex}/sonnet":"base.sonnet","x":"`),
    );
    expect(swapped).toMatch(
      /rules: .*route base\.sonnet-00: request guard 1 is missing instead of reject pattern .*Guardrail strict/,
    );
    expect(swapped).toMatch(/which has 2 groups of providers instead of 1 \(Tenant globex/);
  });

  it('has no classes of nobody', () => {
    expect(told(brokenPart(rule, `{"${acme}/auto"`, `{"c-0000000000/auto":"base.auto","${acme}/auto"`))).toMatch(
      /classes: .*class c-0000000000 is no tenant's/,
    );
  });

  it('knows which model an alias stands for', () => {
    expect(told(brokenPart(metadata('model'), `"${acme}/claude":"sonnet"`, `"${acme}/claude":"split"`))).toMatch(
      /classes: .*takes claude for split instead of sonnet/,
    );
    expect(told(broken(metadata('model'), () => 'metadata.requested'))).toMatch(
      /takes claude for itself instead of sonnet/,
    );
  });

  it('lists for a tenant what it may use', () => {
    expect(told(brokenPart(list, quoted('"split",'), ''))).toMatch(/classes: .*route models lists .*Tenant acme/);
    expect(told(brokenPart(list, '[metadata.tenant.class]', '["c"]'))).toMatch(
      /expressions: .*route models lists something else/,
    );
  });

  it('reads nothing before it is known', () => {
    const violations = brokenPart(metadata('tenantId'), 'metadata.credential ==', 'metadata.rule ==');
    expect(told(violations)).toMatch(/metadata tenantId reads metadata\.rule, which comes later or never/);
  });

  it('nests no deeper than the gateway parses', () => {
    const deep = `${'true ? "" : '.repeat(41)}""`;
    expect(told(broken(metadata('requestId'), () => deep))).toMatch(/expressions: .*requestId nests 41 ternaries/);
  });
});

describe('patterns that no prompt guard looks for', () => {
  it.each([
    ['detections', 'quiet/ssn', 'quiet/sin', /scan: .*does not look for .*Guardrail quiet/],
    ['detections', '"quiet" in', '"strict" in', /scan: .*does not look for/],
    ['blocked', '.filter(h, h != "") + [""])[0]', '.filter(h, h != ""))[0]', /scan: .*blocked is no list of patterns/],
    ['blocked', '[0-9A-Z]{16}', '[0-9A-Z]{17}', /scan: .*does not look for .*Guardrail strict/],
    ['blocked', '(["strict"', '(["x", "strict"', /scan: .*looks for more than guardrails ask for/],
    ['text', 'toJson(json(request.body))', 'string(request.body)', /scan: .*metadata text reads/],
    ['guards', quoted(',"quiet"'), '', /scan: .*lacks Guardrail quiet .*Tenant globex/],
    ['guards', quoted('"quiet"'), quoted('"quiet","other"'), /scan: .*has other, which nobody asked for/],
  ])('%s: %s', (entry, part, by, expected) => {
    expect(told(brokenPart(metadata(entry), part, by))).toMatch(expected);
  });
});

describe('decision-table.json', () => {
  const name = 'decision-table.json';

  it.each([
    [
      'tenants',
      `"class": "${acme}"`,
      '"class": "c-0000000000"',
      /tenant acme points to class c-0000000000, in the gateway to c-/,
    ],
    ['models', '"split": "base.split"', '"split": "base.sonnet"', /has other models than in the gateway/],
    ['rules', '"auto": "base.auto"', '"auto": "base.gone"', /points to rule base\.gone, which does not exist/],
    ['aliases', '"claude": "sonnet"', '"claude": "split"', /has other aliases than in the gateway/],
    ['surfaces', '"/v1/embeddings"\n', '"/v1/messages"\n', /rule base\.vectors.* has other surfaces than routes/],
  ])('says what the gateway does: %s', (_, part, by, expected) => {
    expect(told(brokenText(name, (text) => text.replace(part, by)))).toMatch(expected);
  });
});
