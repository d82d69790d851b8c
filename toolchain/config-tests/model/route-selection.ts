import { byCodeUnit } from '../../../contract/canonical.ts';
import type { Match, Route } from './config.ts';
import type { Exchange } from './exchange.ts';

type SelectRoute = (exchange: Exchange) => Route | undefined;

interface Candidate {
  readonly route: Route;
  readonly match: Match;
}

/**
 * Exact paths before prefixes, longer before shorter, then those with a method, then those with more headers. What is
 * left equal is decided by the name of the route, within a route by the order of its matches.
 */
export function routeSelection(routes: readonly Route[]): SelectRoute {
  const candidates = [...byName(routes).values()].flatMap((route) =>
    matchesOf(route).map((match) => ({ route, match })),
  );
  candidates.sort(
    (a, b) =>
      rank(b.match) - rank(a.match) ||
      pathOf(b.match).length - pathOf(a.match).length ||
      Number(b.match.method !== undefined) - Number(a.match.method !== undefined) ||
      (b.match.headers ?? []).length - (a.match.headers ?? []).length ||
      byCodeUnit(a.route.name, b.route.name),
  );
  const exact = byPath(candidates.filter(({ match }) => rank(match) === 1));
  const others = candidates.filter(({ match }) => rank(match) === 0);
  const fits = (exchange: Exchange) => (candidate: Candidate) => matches(candidate.match, exchange);
  return (exchange) => (exact.get(exchange.path)?.find(fits(exchange)) ?? others.find(fits(exchange)))?.route;
}

function byPath(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const paths = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const path = pathOf(candidate.match);
    const known = paths.get(path);
    if (known === undefined) paths.set(path, [candidate]);
    else known.push(candidate);
  }
  return paths;
}

/** Of two routes with one name the gateway knows only the later one. */
function byName(routes: readonly Route[]): ReadonlyMap<string, Route> {
  return new Map(routes.map((route) => [route.name, route]));
}

function matchesOf({ matches }: Route): readonly Match[] {
  return matches ?? [{ path: { pathPrefix: '/' } }];
}

function rank({ path }: Match): number {
  return path !== undefined && 'exact' in path ? 1 : 0;
}

function pathOf({ path }: Match): string {
  if (path === undefined) return '/';
  return 'exact' in path ? path.exact : path.pathPrefix;
}

function matches(match: Match, { path, headers, request }: Exchange): boolean {
  if (match.method !== undefined && match.method !== request.method) return false;
  if (rank(match) === 0 && !hasPrefix(path, pathOf(match))) return false;
  return (match.headers ?? []).every(({ name, value }) => headers.get(name) === value.exact);
}

/** A prefix ends where a segment ends. */
function hasPrefix(path: string, prefix: string): boolean {
  const wanted = prefix.replace(/\/+$/, '');
  const given = path.replace(/\/+$/, '');
  return given === wanted || given.startsWith(`${wanted}/`);
}
