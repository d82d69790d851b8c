import type { Json } from '../../contract/canonical.ts';
import type { ClientKey, Risk } from '../../contract/vocabulary.ts';

/** What every action says. `key` is what it is about: a client key, a release id, a service, an environment. */
export interface ActionFacts {
  readonly key: string;
  readonly before: Json;
  readonly after: Json;
  readonly risk: Risk;
  readonly reasons: readonly string[];
}

export type UploadRelease = ActionFacts & { readonly kind: 'upload-release' };
export type CreateClient = ActionFacts & { readonly kind: 'create-client'; readonly key: ClientKey };
/** `from` is the key it had: another one is a rename, which keeps the app client and its secret. */
export type UpdateClient = ActionFacts & { readonly kind: 'update-client'; readonly from: ClientKey };
/** It came back, under its key or a new one, while it was in quarantine. */
export type RestoreClient = ActionFacts & { readonly kind: 'restore-client'; readonly from: ClientKey };
export type PublishCredentials = ActionFacts & { readonly kind: 'publish-credentials' };
export type QuarantineClient = ActionFacts & Leaving & { readonly kind: 'quarantine-client'; readonly since: string };
export type RollOut = ActionFacts & { readonly kind: 'roll-out' };
export type MovePointer = ActionFacts & { readonly kind: 'move-pointer' };
/** With its credentials. */
export type DeleteClient = ActionFacts & Leaving & { readonly kind: 'delete-client' };

interface Leaving {
  /** App client; null: only the former credentials of a client that was renamed. */
  readonly id: string | null;
}

export type ClientAction = CreateClient | UpdateClient | RestoreClient | PublishCredentials;
export type RemovalAction = QuarantineClient | DeleteClient;
export type Action = UploadRelease | ClientAction | RollOut | MovePointer | RemovalAction;
export type ActionKind = Action['kind'];

/** When a deploy does it: what creates comes first, what destroys comes last; clients one after the other. */
export const phases: Readonly<Record<ActionKind, number>> = {
  'upload-release': 1,
  'create-client': 2,
  'restore-client': 2,
  'update-client': 2,
  'publish-credentials': 2,
  'roll-out': 3,
  'move-pointer': 4,
  'quarantine-client': 5,
  'delete-client': 6,
};

/** One value that differs between the artifacts of the last applied release and those of the desired one. */
export type ArtifactChange = { readonly artifact: string; readonly pointer: string } & (
  | { readonly kind: 'added'; readonly after: Json }
  | { readonly kind: 'removed'; readonly before: Json }
  | { readonly kind: 'changed'; readonly before: Json; readonly after: Json }
);
