import { schemaVersion } from '../../../contract/vocabulary.ts';
import { hasFailures, type Renderer } from '../report.ts';

/** For machines. Every key is spelled out, so that the order is ours and nothing slips in. */
export const json: Renderer = (report) => {
  const { results, coverage } = report;
  const value = {
    schemaVersion,
    passed: !hasFailures(report),
    results: results.map(({ case: one, environment, status, verdicts, problems }) => ({
      file: one.file,
      line: one.position.line,
      column: one.position.column,
      test: one.test,
      case: one.name,
      environment,
      status,
      verdicts,
      problems,
    })),
    ...(coverage === undefined ? {} : { coverage }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
};
