import { z } from 'zod';
import { byCodeUnit } from '../../contract/canonical.ts';
import { AwsError } from './answers.ts';
import {
  type ClientRecord,
  checkSettings,
  completeSettings,
  createClientInput,
  describeClient,
  type PoolRecord,
  type ResourceServer,
  updateClientInput,
} from './app-client.ts';
import { type JsonService, type Operation, operation } from './aws-json.ts';
import { type Context, decodePageToken, encodePageToken } from './context.ts';
import type { Collection } from './store.ts';

const poolId = { UserPoolId: z.string() };
const clientId = z.object({ ...poolId, ClientId: z.string() });
const listInput = z.object({
  ...poolId,
  MaxResults: z.int().min(1).max(60).optional(),
  NextToken: z.string().min(1).optional(),
});
const scope = z.object({ ScopeName: z.string().min(1).max(256), ScopeDescription: z.string().min(1).max(256) });
const serverInput = z.object({
  ...poolId,
  Identifier: z.string().min(1).max(256),
  Name: z.string().min(1).max(256),
  Scopes: z.array(scope).max(100).optional(),
});

export class Cognito implements JsonService {
  readonly name = 'cognito-idp';
  readonly target = 'AWSCognitoIdentityProviderService';
  readonly invalidCode = 'InvalidParameterException';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly pools: Collection<PoolRecord>;
  readonly #context: Context;
  readonly #clients: Collection<ClientRecord>;

  constructor(context: Context) {
    this.#context = context;
    this.pools = context.store.collection<PoolRecord>('cognito/pools', (pool) => pool.id);
    this.#clients = context.store.collection<ClientRecord>('cognito/clients', (client) => client.ClientId);
    const ofPool = (input: { UserPoolId: string }) => input.UserPoolId;
    const ofClient = (input: { ClientId: string }) => input.ClientId;
    this.operations = {
      ListUserPoolClients: this.#limited('ListUserPoolClients', listInput, ofPool, (input) => this.#list(input)),
      DescribeUserPoolClient: this.#limited('DescribeUserPoolClient', clientId, ofClient, (input) => ({
        UserPoolClient: describeClient(this.#client(input)),
      })),
      CreateUserPoolClient: this.#limited(
        'CreateUserPoolClient',
        createClientInput,
        (input) => input.ClientName,
        (input) => this.#create(input),
      ),
      UpdateUserPoolClient: this.#limited('UpdateUserPoolClient', updateClientInput, ofClient, (input) =>
        this.#update(input),
      ),
      DeleteUserPoolClient: this.#limited('DeleteUserPoolClient', clientId, ofClient, (input) => {
        this.#clients.delete(this.#client(input).ClientId);
        return {};
      }),
      ...this.#resourceServerOperations(),
    };
  }

  #resourceServerOperations(): Record<string, Operation> {
    const identifier = (input: { Identifier: string }) => input.Identifier;
    const describeInput = serverInput.pick({ UserPoolId: true, Identifier: true });
    return {
      DescribeResourceServer: this.#limited('DescribeResourceServer', describeInput, identifier, (input) => {
        const found = this.#pool(input).resourceServers.find((server) => server.Identifier === input.Identifier);
        if (found === undefined) throw notFound(`Resource server ${input.Identifier} does not exist.`);
        return { ResourceServer: found };
      }),
      CreateResourceServer: this.#limited('CreateResourceServer', serverInput, identifier, (input) =>
        this.#createServer(input),
      ),
    };
  }

  /** Any single operation is limited for one pool. */
  #limited<S extends z.ZodType<{ UserPoolId: string }>>(
    name: string,
    schema: S,
    key: (input: z.infer<S>) => string,
    run: (input: z.infer<S>) => object,
  ): Operation {
    return operation(schema, key, (input) => {
      this.#pool(input);
      if (this.#context.poolRate?.take(`${input.UserPoolId} ${name}`) === false) {
        throw new AwsError('TooManyRequestsException', 'Rate exceeded');
      }
      return run(input);
    });
  }

  #pool(input: { UserPoolId: string }): PoolRecord {
    const pool = this.pools.get(input.UserPoolId);
    if (pool === undefined) throw notFound(`User pool ${input.UserPoolId} does not exist.`);
    return pool;
  }

  #client(input: z.infer<typeof clientId>): ClientRecord {
    const client = this.#clients.get(input.ClientId);
    if (client?.UserPoolId !== input.UserPoolId) throw notFound(`User pool client ${input.ClientId} does not exist.`);
    return client;
  }

  #ofPool(id: string): ClientRecord[] {
    return this.#clients.values().filter((client) => client.UserPoolId === id);
  }

  #list(input: z.infer<typeof listInput>): object {
    const after = input.NextToken === undefined ? '' : decodePageToken(input.NextToken);
    const clients = this.#ofPool(input.UserPoolId).sort((a, b) => byCodeUnit(a.ClientId, b.ClientId));
    if (after !== '' && !/^\w+$/.test(after)) throw new AwsError('InvalidParameterException', 'Invalid NextToken.');
    const rest = clients.filter((client) => client.ClientId > after);
    const page = rest.slice(0, Math.min(input.MaxResults ?? 60, this.#context.pageSize));
    const last = page.at(-1);
    return {
      UserPoolClients: page.map(({ ClientId, UserPoolId, ClientName }) => ({ ClientId, UserPoolId, ClientName })),
      ...(rest.length > page.length && last !== undefined ? { NextToken: encodePageToken(last.ClientId) } : {}),
    };
  }

  #create(input: z.infer<typeof createClientInput>): object {
    const settings = completeSettings(input);
    checkSettings(this.#pool(input), settings, input.GenerateSecret === true);
    if (this.#ofPool(input.UserPoolId).length >= this.#context.clientQuota) {
      throw new AwsError('LimitExceededException', 'Number of app clients per user pool exceeded.');
    }
    const now = this.#context.now().toISOString();
    const record: ClientRecord = {
      UserPoolId: input.UserPoolId,
      ClientId: this.#freshId(),
      ClientName: input.ClientName,
      ...(input.GenerateSecret === true ? { ClientSecret: this.#context.id() + this.#context.id() } : {}),
      CreationDate: now,
      LastModifiedDate: now,
      settings,
    };
    this.#clients.put(record);
    return { UserPoolClient: describeClient(record) };
  }

  #update(input: z.infer<typeof updateClientInput>): object {
    const current = this.#client(input);
    const settings = completeSettings(input);
    checkSettings(this.#pool(input), settings, current.ClientSecret !== undefined);
    const record = {
      ...current,
      ClientName: input.ClientName ?? current.ClientName,
      LastModifiedDate: this.#context.now().toISOString(),
      settings,
    };
    this.#clients.put(record);
    return { UserPoolClient: describeClient(record) };
  }

  #createServer(input: z.infer<typeof serverInput>): object {
    const pool = this.#pool(input);
    if (pool.resourceServers.some((server) => server.Identifier === input.Identifier)) {
      throw new AwsError('InvalidParameterException', `${input.Identifier} already exists in ${pool.id}`);
    }
    if (pool.resourceServers.length >= 25) {
      throw new AwsError('LimitExceededException', 'Number of resource servers per user pool exceeded.');
    }
    const created: ResourceServer = { ...input, Scopes: input.Scopes ?? [] };
    this.pools.put({ ...pool, resourceServers: [...pool.resourceServers, created] });
    return { ResourceServer: created };
  }

  #freshId(): string {
    for (;;) {
      const id = this.#context.id();
      if (this.#clients.get(id) === undefined) return id;
    }
  }
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
