import type { Match, Route } from './config.ts';
import { ruleHeader } from './forms.ts';

export interface MatchedRoute {
  readonly route: Route;
  readonly match: Match;
}

/** Routes by the decision and the path that they match, in the order in which the gateway tries them. */
export class RouteIndex {
  readonly #found = new Map<string, Map<string, MatchedRoute[]>>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      if (route.gateways !== 'default') continue;
      for (const match of route.matches ?? []) this.#add(decisionIn(match), match.path?.exact ?? '', { route, match });
    }
    for (const paths of this.#found.values()) for (const matched of paths.values()) matched.sort(byPrecedence);
  }

  #add(decision: string, path: string, matched: MatchedRoute): void {
    const paths = this.#found.get(decision) ?? new Map<string, MatchedRoute[]>();
    this.#found.set(decision, paths);
    paths.set(path, [...(paths.get(path) ?? []), matched]);
  }

  /** Paths on which something matches the decision; undefined: what names no decision. */
  paths(decision: string | undefined): ReadonlyMap<string, readonly MatchedRoute[]> {
    return this.#found.get(decision ?? '*') ?? new Map();
  }

  decisions(): Iterable<string> {
    return this.#found.keys();
  }
}

/** `*` is no decision: no rule has a star before its first dot, and a denial begins with an exclamation mark. */
function decisionIn({ headers }: Match): string {
  return headers?.find(({ name }) => name === ruleHeader)?.value?.exact ?? '*';
}

/** Of matches of one exact path: with a method first, then the most headers, then by name. The gateway never reads the order of its list. */
export function byPrecedence(a: MatchedRoute, b: MatchedRoute): number {
  const method = Number(b.match.method !== undefined) - Number(a.match.method !== undefined);
  const headers = (b.match.headers?.length ?? 0) - (a.match.headers?.length ?? 0);
  return method || headers || (a.route.name < b.route.name ? -1 : a.route.name > b.route.name ? 1 : 0);
}
