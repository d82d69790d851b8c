import { z } from 'zod';
import { AwsError } from './answers.ts';
import { type JsonService, type Operation, operation } from './aws-json.ts';
import { arn, type Context, seconds } from './context.ts';
import type { Collection } from './store.ts';

const valueShape = {
  SecretString: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= 65_536, 'length must be less than or equal to 65536')
    .optional(),
  SecretBinary: z.undefined('binary secrets are not modelled').optional(),
  ClientRequestToken: z.string().min(32).max(64).optional(),
};
const createInput = z.object({
  Name: z.string().regex(/^[\w/+=.@-]{1,512}$/),
  Description: z.string().max(2048).optional(),
  ...valueShape,
});
const secretId = z.object({ SecretId: z.string().min(1).max(2048) });
const putInput = secretId.extend({ ...valueShape, SecretString: valueShape.SecretString.unwrap() });
const getInput = secretId.extend({ VersionId: z.string().optional(), VersionStage: z.string().optional() });
const deleteInput = secretId.extend({
  RecoveryWindowInDays: z.int().optional(),
  ForceDeleteWithoutRecovery: z.boolean().optional(),
});

interface Version {
  readonly id: string;
  readonly value: string;
  readonly createdAt: string;
  readonly stages: readonly string[];
}

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly createdAt: string;
  readonly changedAt: string;
  /** Since when it waits for its deletion, and when that comes; null: in use. */
  readonly deletion: { readonly requestedAt: string; readonly dueAt: string } | null;
  /** Oldest first. */
  readonly versions: readonly Version[];
}

const dayInMilliseconds = 86_400_000;

export class SecretsManager implements JsonService {
  readonly name = 'secretsmanager';
  readonly target = 'secretsmanager';
  readonly invalidCode = 'ValidationException';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #context: Context;
  readonly #secrets: Collection<Secret>;

  constructor(context: Context) {
    this.#context = context;
    this.#secrets = context.store.collection<Secret>('secretsmanager', (secret) => secret.name);
    const ofSecret = (input: { SecretId: string }) => input.SecretId;
    this.operations = {
      CreateSecret: operation(
        createInput,
        (input) => input.Name,
        (input) => this.create(input),
      ),
      PutSecretValue: operation(putInput, ofSecret, (input) => this.#putValue(input)),
      GetSecretValue: operation(getInput, ofSecret, (input) => this.#getValue(input)),
      DescribeSecret: operation(secretId, ofSecret, (input) => describe(this.#find(input.SecretId))),
      DeleteSecret: operation(deleteInput, ofSecret, (input) => this.#delete(input)),
      RestoreSecret: operation(secretId, ofSecret, (input) => {
        const secret = this.#find(input.SecretId);
        if (secret.deletion !== null) this.#secrets.put({ ...secret, deletion: null });
        return { ARN: secret.arn, Name: secret.name };
      }),
    };
  }

  arnOf(name: string): string | undefined {
    return this.#lookUp(name)?.arn;
  }

  create(input: z.infer<typeof createInput>): { ARN: string; Name: string; VersionId?: string } {
    const token = input.ClientRequestToken ?? this.#token();
    const existing = this.#lookUp(input.Name);
    if (existing !== undefined) return repeatedCreation(existing, token, input.SecretString);
    const now = this.#context.now().toISOString();
    const secret: Secret = {
      arn: arn(this.#context, 'secretsmanager', `secret:${input.Name}-${this.#suffix()}`),
      name: input.Name,
      description: input.Description,
      createdAt: now,
      changedAt: now,
      deletion: null,
      versions: [],
    };
    const identity = { ARN: secret.arn, Name: secret.name };
    const value = input.SecretString;
    this.#secrets.put(value === undefined ? secret : this.#withVersion(secret, token, value));
    return value === undefined ? identity : { ...identity, VersionId: token };
  }

  #putValue(input: { SecretId: string; SecretString: string; ClientRequestToken?: string | undefined }): object {
    const secret = this.#usable(input.SecretId);
    const token = input.ClientRequestToken ?? this.#token();
    const same = secret.versions.find((version) => version.id === token);
    if (same !== undefined && same.value !== input.SecretString) {
      throw new AwsError('ResourceExistsException', `A version ${token} with another value already exists.`);
    }
    const after = same === undefined ? this.#withVersion(secret, token, input.SecretString) : secret;
    if (after !== secret) this.#secrets.put(after);
    const stages = after.versions.find((version) => version.id === token)?.stages ?? [];
    return { ARN: secret.arn, Name: secret.name, VersionId: token, VersionStages: stages };
  }

  #getValue(input: z.infer<typeof getInput>): object {
    const secret = this.#usable(input.SecretId);
    const stage = input.VersionStage ?? (input.VersionId === undefined ? 'AWSCURRENT' : undefined);
    const found = secret.versions.find(
      (version) =>
        (input.VersionId === undefined || version.id === input.VersionId) &&
        (stage === undefined || version.stages.includes(stage)),
    );
    if (found === undefined) {
      const wanted = stage === undefined ? `VersionId: ${input.VersionId}` : `staging label: ${stage}`;
      throw notFound(`Secrets Manager can't find the specified secret value for ${wanted}`);
    }
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: found.id,
      SecretString: found.value,
      VersionStages: found.stages,
      CreatedDate: seconds(found.createdAt),
    };
  }

  #delete(input: z.infer<typeof deleteInput>): object {
    const force = input.ForceDeleteWithoutRecovery === true;
    const days = input.RecoveryWindowInDays ?? 30;
    if ((force && input.RecoveryWindowInDays !== undefined) || days < 7 || days > 30) {
      throw new AwsError('InvalidParameterException', 'Give either force or a recovery window of 7 to 30 days.');
    }
    const now = this.#context.now();
    const found = this.#lookUp(input.SecretId);
    if (force) {
      // A forced deletion of what does not exist succeeds.
      if (found !== undefined) this.#secrets.delete(found.name);
      return { ARN: found?.arn, Name: found?.name ?? input.SecretId, DeletionDate: now.getTime() / 1000 };
    }
    const secret = this.#usable(input.SecretId);
    const dueAt = new Date(now.getTime() + days * dayInMilliseconds).toISOString();
    this.#secrets.put({ ...secret, deletion: { requestedAt: now.toISOString(), dueAt } });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(dueAt) };
  }

  /** A secret past its recovery window is gone. */
  #lookUp(id: string): Secret | undefined {
    const secret = this.#byNameOrArn(id);
    if (secret === undefined || secret.deletion === null) return secret;
    if (Date.parse(secret.deletion.dueAt) > this.#context.now().getTime()) return secret;
    this.#secrets.delete(secret.name);
    return undefined;
  }

  #byNameOrArn(id: string): Secret | undefined {
    const named = /^arn:aws:secretsmanager:[^:]*:\d{12}:secret:(.+)$/.exec(id)?.[1];
    if (named === undefined) return this.#secrets.get(id);
    const found = [named, named.replace(/-[^-]{6}$/, '')].map((name) => this.#secrets.get(name));
    // An ARN may come without its random end.
    return found.find((secret) => secret !== undefined && (secret.arn === id || secret.arn.slice(0, -7) === id));
  }

  #find(id: string): Secret {
    const secret = this.#lookUp(id);
    if (secret === undefined) throw notFound("Secrets Manager can't find the specified secret.");
    return secret;
  }

  #usable(id: string): Secret {
    const secret = this.#find(id);
    if (secret.deletion === null) return secret;
    const message = "You can't perform this operation on the secret because it was marked for deletion.";
    throw new AwsError('InvalidRequestException', message);
  }

  /** The new version becomes AWSCURRENT, the one before it AWSPREVIOUS; unlabelled ones go after a day. */
  #withVersion(secret: Secret, id: string, value: string): Secret {
    const now = this.#context.now();
    const older = secret.versions.map((version) => ({
      ...version,
      stages: version.stages.includes('AWSCURRENT') ? ['AWSPREVIOUS'] : [],
    }));
    const kept = older.filter(
      ({ stages, createdAt }) => stages.length > 0 || now.getTime() - Date.parse(createdAt) < dayInMilliseconds,
    );
    if (kept.length >= 100) throw new AwsError('LimitExceededException', 'Too many versions of the secret.');
    const createdAt = now.toISOString();
    return { ...secret, changedAt: createdAt, versions: [...kept, { id, value, createdAt, stages: ['AWSCURRENT'] }] };
  }

  #suffix(): string {
    return this.#context.id().slice(-6).padStart(6, '0');
  }

  #token(): string {
    return (this.#context.id() + this.#context.id()).slice(0, 32);
  }
}

function repeatedCreation(existing: Secret, token: string, value: string | undefined) {
  if (existing.deletion !== null) {
    const message = "You can't create this secret because a secret with this name is already scheduled for deletion.";
    throw new AwsError('InvalidRequestException', message);
  }
  const same = existing.versions.find((version) => version.id === token);
  if (same === undefined || same.value !== value) {
    throw new AwsError('ResourceExistsException', `The operation failed because the secret ${existing.name} exists.`);
  }
  return { ARN: existing.arn, Name: existing.name, VersionId: token };
}

function describe(secret: Secret): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
    ...(secret.deletion === null ? {} : { DeletedDate: seconds(secret.deletion.requestedAt) }),
    VersionIdsToStages: Object.fromEntries(secret.versions.map(({ id, stages }) => [id, stages])),
  };
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
