// SPDX-License-Identifier: MIT
// W1 as one writes it in Squiggle. Usage: sampling_squiggle.mjs SAMPLES ROUNDS; SQUIGGLE names a folder whose node_modules hold @quri/squiggle-lang.
import path from "node:path";
import { pathToFileURL } from "node:url";

const main = path.join(process.env.SQUIGGLE, "node_modules/@quri/squiggle-lang/dist/index.js");
const { run } = await import(pathToFileURL(path.resolve(main)).href);
const [samples, rounds] = process.argv.slice(2).map(Number);
const model = `
parameters = 0.5e12 to 2e12
tokens = 150 to 500
utilization = uniform(0.2, 0.5)
visits = 4e7 to 9e7
queries = triangular(5, 10, 15)
peak = uniform(1, 4)
price = normal(29000, 3000)
perQuery = 2 * parameters * tokens / utilization
rate = perQuery * visits * queries / 86400 * peak
accelerators = rate / 65e12
servers = accelerators / 8
capex = servers * price
summary(x) = [mean(x), stdev(x), quantile(x, 0.05), quantile(x, 0.5), quantile(x, 0.95)]
[summary(perQuery), summary(rate), summary(accelerators), summary(servers), summary(capex)]
`;
for (let round = 0; round <= rounds; round++) {
  const wall = performance.now(), processor = process.cpuUsage();
  const output = await run(model, { environment: { sampleCount: samples, xyPointLength: 1000, seed: String(round) } });
  const spent = process.cpuUsage(processor);
  const result = output.getEndResult ? output.getEndResult() : output.result;
  if (!result.ok) throw new Error(result.value.toString());
  const line = { cpu: (spent.user + spent.system) / 1e6, wall: (performance.now() - wall) / 1e3 };
  line.check = Number(result.value.asJS()[4][0]);
  line.memory = process.resourceUsage().maxRSS / 1024;
  if (round) console.log(JSON.stringify(line)); // the first one warms up
}
