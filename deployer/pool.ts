import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';

/** Ids of the app clients of a pool by name, of those whose name is asked for. Listing reveals no secret. */
export async function findByName(
  cognito: CognitoIdentityProvider,
  userPoolId: string,
  names: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  let token: string | undefined;
  do {
    const next = token === undefined ? {} : { NextToken: token };
    const page = await cognito.listUserPoolClients({ UserPoolId: userPoolId, MaxResults: 60, ...next });
    for (const { ClientId: id, ClientName: name } of page.UserPoolClients ?? []) {
      if (id === undefined || name === undefined || !names.has(name)) continue;
      found.set(name, [...(found.get(name) ?? []), id]);
    }
    token = page.NextToken;
  } while (token !== undefined);
  return found;
}

/** Only such app clients are ours; whatever else is in the pool is never touched. */
export function isOurs(environment: string, name: string): boolean {
  return name.startsWith(`gatewright.${environment}.`);
}
