import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { analyse } from '../../compiler/analyse.ts';
import { type Code, codes, isLocked } from '../../compiler/diagnostics/codes.ts';
import { severityOf } from '../../compiler/diagnostics/engine.ts';
import type { SeverityOverride } from '../../compiler/diagnostics/severity.ts';
import { analysisOf, type Fixture, fixtures } from './corpus.ts';
import { compiled, day, minimal, overlay } from './project.ts';

const names = Object.keys(codes) as Code[];
const adjustable = names.filter((code) => !isLocked(code));
const locked = names.filter(isLocked);

describe('checks in gatewright.yaml', () => {
  it.each(adjustable)('changes the severity of %s', (code) => {
    const fixture = fixtures.find((one) => one.bad && one.code === code && one.also.length === 0);
    if (fixture === undefined) throw new Error(`${code} has no fixture of its own`);
    const found = analysisOf(fixture).findings.length;
    for (const severity of ['error', 'warning', 'info'] as const) {
      expect(severitiesOf(fixture, code, severity)).toEqual(Array(found).fill(severity));
    }
    expect(severitiesOf(fixture, code, 'off')).toEqual([]);
  });

  it('changes no severity of a locked code, and says so of each', () => {
    const checks = Object.fromEntries(locked.map((code) => [code, 'off']));
    const { findings } = compiled(
      overlay(minimal, { 'gatewright.yaml': withChecks(minimal['gatewright.yaml'], checks) }),
    );
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      locked.map(() => 'error project/unknown-code'),
    );
    for (const code of locked) expect(findings.some(({ message }) => message.includes(` ${code} cannot`))).toBe(true);
    for (const code of locked) expect(severityOf(code, { [code]: 'off' })).toBe(codes[code].severity);
  });

  it('cannot unlock what keeps artifacts whole', () => {
    const families = ['source', 'schema', 'resource', 'security'];
    expect(adjustable.filter((code) => families.some((family) => code.startsWith(`${family}/`)))).toEqual([]);
  });
});

function severitiesOf(fixture: Fixture, code: Code, severity: SeverityOverride): readonly string[] {
  const { files } = analysisOf(fixture).tree;
  const changed = files.map((file) => {
    if (file.path !== 'gatewright.yaml' || 'refused' in file.content) return file;
    const text = withChecks(new TextDecoder().decode(file.content), { [code]: severity });
    return { ...file, content: new TextEncoder().encode(text) };
  });
  return analyse({ tree: { files: changed }, date: day }).findings.map((finding) => finding.severity);
}

function withChecks(text = '', checks: Readonly<Record<string, string>>): string {
  const project = parse(text) as { readonly spec: { readonly checks?: object } };
  const spec = { ...project.spec, checks: { ...project.spec.checks, ...checks } };
  return JSON.stringify({ ...project, spec }, null, 1);
}
