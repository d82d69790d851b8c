/** Where everything lies in the release bucket. `releases/` and `linked/` are immutable, the rest is compare-and-swap. */

export function infraObject(environment: string): string {
  return `environments/${environment}/infra.json`;
}

export function stateObject(environment: string): string {
  return `environments/${environment}/state.json`;
}

export function pointerObject(environment: string): string {
  return `environments/${environment}/current.json`;
}

export function lockObject(environment: string): string {
  return `environments/${environment}/lock.json`;
}

export function journalFolder(environment: string): string {
  return `environments/${environment}/deployments/`;
}

export function journalObject(environment: string, id: string): string {
  return `${journalFolder(environment)}${id}.json`;
}

export function releaseObject(release: string, artifact: string): string {
  return `releases/${release}/${artifact}`;
}

export function linkedObject(digest: string): string {
  return `linked/${digest}`;
}
