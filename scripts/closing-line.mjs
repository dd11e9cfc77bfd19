// A vitest reporter that ends the run with one plain line: how many tests passed and failed. Tests that passed only when
// they were tried again are named: they hide something, and are to be mended.
export default class ClosingLine {
  onTestRunEnd(modules) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const unsteady = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        count[test.result().state] = (count[test.result().state] ?? 0) + 1;
        if (test.diagnostic()?.flaky)
          unsteady.push(`${module.relativeModuleId ?? module.moduleId}: ${test.fullName}`);
      }
      if (module.state() === 'failed' && module.errors().length > 0) count.failed += 1;
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    for (const name of unsteady) process.stdout.write(`\npassed at the second try: ${name}`);
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed${skipped}\n`);
  }
}
