import {
  type CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  DeleteUserPoolClientCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { RateLimit } from '../../deployer/embedded/rate-limit.ts';
import { expectError, invokeScope, seedInput, start } from './harness.ts';

const machine = {
  ClientName: 'gatewright.local.ml.default',
  GenerateSecret: true,
  AllowedOAuthFlows: ['client_credentials'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: [invokeScope],
} satisfies Partial<CreateUserPoolClientCommandInput>;

async function startPool(options: Parameters<typeof start>[0] = {}) {
  const { infra, cognito, ...rest } = await start(options);
  const UserPoolId = infra.userPoolId;
  const create = async (more: Partial<CreateUserPoolClientCommandInput> = {}) => {
    const answer = await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ...machine, ...more }));
    return answer.UserPoolClient ?? {};
  };
  return { ...rest, cognito, UserPoolId, create };
}

async function listNames(cognito: CognitoIdentityProviderClient, UserPoolId: string) {
  const pages: (string | undefined)[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60, NextToken }));
    pages.push((page.UserPoolClients ?? []).map(({ ClientName }) => ClientName));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return pages;
}

describe('app clients', () => {
  test('a name may be taken twice, an id never comes twice', async () => {
    const { cognito, UserPoolId, create } = await startPool();
    const first = await create();
    await cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId: first.ClientId }));
    const others = [await create(), await create()];
    expect(new Set([first, ...others].map(({ ClientId }) => ClientId)).size).toBe(3);
    expect(await listNames(cognito, UserPoolId)).toEqual([[machine.ClientName, machine.ClientName]]);
  });

  test('ids can be injected, and one that is taken is passed over', async () => {
    let n = 0;
    // The seed takes some; each number comes twice.
    const { create } = await startPool({ ids: () => `id${Math.floor(n++ / 2)}` });
    const ids = [await create({ GenerateSecret: true }), await create(), await create()].map((c) => c.ClientId);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^id\d+$/);
  });

  test('the secret comes from Describe, a listing has only ids and names', async () => {
    const { cognito, UserPoolId, create } = await startPool();
    const { ClientId, ClientSecret } = await create();
    expect(ClientSecret?.length).toBeGreaterThan(40);
    const described = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(described.UserPoolClient?.ClientSecret).toBe(ClientSecret);
    const listed = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
    expect(Object.keys(listed.UserPoolClients?.[0] ?? {}).sort()).toEqual(['ClientId', 'ClientName', 'UserPoolId']);
    expect(
      (await create({ GenerateSecret: false, AllowedOAuthFlows: ['code'], CallbackURLs: ['https://a/cb'] }))
        .ClientSecret,
    ).toBeUndefined();
  });

  test('listings are paged; MaxResults is at most 60', async () => {
    const { cognito, UserPoolId, create } = await startPool({ pageSize: 2 });
    for (const name of ['a', 'b', 'c']) await create({ ClientName: name });
    const pages = await listNames(cognito, UserPoolId);
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(pages.flat().sort()).toEqual(['a', 'b', 'c']);
    const tooMany = cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 61 }));
    await expectError(tooMany, 'InvalidParameterException', 400);
  });

  test('an update resets what it leaves out, and keeps id, secret and name', async () => {
    const { cognito, UserPoolId, create } = await startPool();
    const before = await create({
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes' },
      PreventUserExistenceErrors: 'ENABLED',
      AuthSessionValidity: 5,
      EnableTokenRevocation: false,
      RefreshTokenValidity: 7,
    });
    const { ClientId } = before;
    await cognito.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, AuthSessionValidity: 6 }));
    const { UserPoolClient: after = {} } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    expect(after).toMatchObject({
      ClientId,
      ClientName: before.ClientName,
      ClientSecret: before.ClientSecret,
      AuthSessionValidity: 6,
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'LEGACY',
      EnableTokenRevocation: true,
      RefreshTokenValidity: 30,
    });
    for (const gone of ['AllowedOAuthFlows', 'AllowedOAuthScopes', 'AccessTokenValidity', 'TokenValidityUnits']) {
      expect(after).not.toHaveProperty(gone);
    }
  });

  test('lists lose their order, empty ones are left out', async () => {
    const { create } = await startPool();
    const client = await create({
      AllowedOAuthScopes: [invokeScope, 'https://gateway.example.com/admin'],
      ReadAttributes: [],
    });
    expect(client.AllowedOAuthScopes).toEqual(['https://gateway.example.com/admin', invokeScope]);
    expect(client).not.toHaveProperty('ReadAttributes');
  });

  test('unknown pools and clients', async () => {
    const { cognito, UserPoolId } = await startPool();
    const describeClient = (input: { UserPoolId: string; ClientId: string }) =>
      cognito.send(new DescribeUserPoolClientCommand(input));
    await expectError(describeClient({ UserPoolId: 'us-east-1_none', ClientId: 'x' }), 'ResourceNotFoundException');
    await expectError(describeClient({ UserPoolId, ClientId: 'x' }), 'ResourceNotFoundException');
    await expectError(
      cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId: 'x' })),
      'ResourceNotFoundException',
    );
  });

  test('the pool has a quota of clients', async () => {
    const { create } = await startPool({ clientQuota: 1 });
    await create();
    await expectError(create(), 'LimitExceededException', 400);
  });
});

const refused: [string, Partial<CreateUserPoolClientCommandInput>, string][] = [
  ['an unknown scope', { AllowedOAuthScopes: ['https://gateway.example.com/nope'] }, 'ScopeDoesNotExistException'],
  ['a standard scope for a machine', { AllowedOAuthScopes: ['openid'] }, 'InvalidParameterException'],
  ['more than 50 scopes', { AllowedOAuthScopes: Array(51).fill(invokeScope) }, 'InvalidParameterException'],
  ['no scopes', { AllowedOAuthScopes: [] }, 'InvalidParameterException'],
  ['another flow beside it', { AllowedOAuthFlows: ['client_credentials', 'code'] }, 'InvalidOAuthFlowException'],
  ['a machine without a secret', { GenerateSecret: false }, 'InvalidOAuthFlowException'],
  ['flows that are not allowed', { AllowedOAuthFlowsUserPoolClient: false }, 'InvalidParameterException'],
  ['a code flow without callbacks', { AllowedOAuthFlows: ['code'] }, 'InvalidParameterException'],
  [
    'a plain-text callback',
    { AllowedOAuthFlows: ['code'], CallbackURLs: ['http://a/cb'] },
    'InvalidParameterException',
  ],
  ['an unknown identity provider', { SupportedIdentityProviders: ['okta'] }, 'InvalidParameterException'],
  ['an ID token of 2 days', { IdTokenValidity: 48 }, 'InvalidParameterException'],
  ['a refresh token of 3651 days', { RefreshTokenValidity: 3651 }, 'InvalidParameterException'],
  ['a name with a slash', { ClientName: 'ml/default' }, 'InvalidParameterException'],
  ['a session validity out of range', { AuthSessionValidity: 16 }, 'InvalidParameterException'],
];

test.each(refused)('refused: %s', async (_title, settings, error) => {
  const { create } = await startPool();
  await expectError(create(settings), error, 400);
});

test.each([
  [4, 'minutes', false],
  [5, 'minutes', true],
  [1440, 'minutes', true],
  [1441, 'minutes', false],
  [24, undefined, true],
  [25, undefined, false],
] as const)('an access token valid for %s %s (hours by default): %s', async (AccessTokenValidity, unit, allowed) => {
  const { create } = await startPool();
  const TokenValidityUnits = unit === undefined ? undefined : { AccessToken: unit };
  const creation = create({ AccessTokenValidity, TokenValidityUnits });
  if (allowed) expect((await creation).AccessTokenValidity).toBe(AccessTokenValidity);
  else await expectError(creation, 'InvalidParameterException', 400);
});

test('an update may carry no secret', async () => {
  const { aws, UserPoolId, create } = await startPool();
  const { ClientId } = await create();
  const signed = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=local/20261124/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  const answer = await fetch(aws.endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserPoolClient',
      authorization: signed('cognito-idp'),
    },
    body: JSON.stringify({ UserPoolId, ClientId, GenerateSecret: true }),
  });
  expect([answer.status, await answer.json()]).toMatchObject([400, { __type: 'InvalidParameterException' }]);
});

test('resource servers', async () => {
  const { cognito, UserPoolId, create } = await startPool();
  const Identifier = 'https://gateway.example.com';
  const described = await cognito.send(new DescribeResourceServerCommand({ UserPoolId, Identifier }));
  expect(described.ResourceServer?.Scopes?.map(({ ScopeName }) => ScopeName)).toEqual(['invoke', 'admin']);
  const other = { UserPoolId, Identifier: 'urn:other', Name: 'other' };
  await expectError(cognito.send(new DescribeResourceServerCommand(other)), 'ResourceNotFoundException');
  const Scopes = [{ ScopeName: 'read', ScopeDescription: 'read' }];
  await cognito.send(new CreateResourceServerCommand({ ...other, Scopes }));
  await create({ AllowedOAuthScopes: ['urn:other/read'] });
  await expectError(cognito.send(new CreateResourceServerCommand(other)), 'InvalidParameterException');
  const more = (n: number) => cognito.send(new CreateResourceServerCommand({ ...other, Identifier: `urn:${n}` }));
  for (let n = 3; n <= 25; n += 1) await more(n);
  await expectError(more(26), 'LimitExceededException');
});

test('a client for people: code flow, standard scopes, https and localhost callbacks, known providers', async () => {
  const { aws, create } = await startPool();
  aws.seed({ ...seedInput, identityProviders: ['okta'] });
  const client = await create({
    GenerateSecret: false,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', invokeScope],
    CallbackURLs: ['https://portal.example.com/callback', 'http://localhost:8080/callback'],
    SupportedIdentityProviders: ['COGNITO', 'okta'],
  });
  expect(client.CallbackURLs).toHaveLength(2);
});

describe('rate', () => {
  test('one operation on one pool: 5 in a second, the sixth is refused, other operations go on', async () => {
    const { cognito, UserPoolId, create } = await startPool({ throttle: true });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => create()));
    const refusals = results.filter((result) => result.status === 'rejected');
    expect(refusals.map(({ reason }) => reason.name)).toEqual(Array(3).fill('TooManyRequestsException'));
    expect((await listNames(cognito, UserPoolId)).flat()).toHaveLength(5);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    await create();
  });

  test('refusals do not count', () => {
    let now = 0;
    const rate = new RateLimit(2, () => now);
    expect([rate.take('a'), rate.take('a'), rate.take('a'), rate.take('b')]).toEqual([true, true, false, true]);
    now = 999;
    expect([rate.take('a'), rate.take('a')]).toEqual([false, false]);
    now = 1000;
    expect(rate.take('a')).toBe(true);
  });
});
