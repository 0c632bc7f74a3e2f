// A process of its own: what it allocates and collects is not to be taken for what the server does.
// Arguments: address, requests a second, seconds, expected status, headers as JSON. Prints the times in ms as JSON.
import { Agent, request } from "node:http";

const [url = "", rate = "", seconds = "", status = "", headers = "{}"] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const options = { agent, headers: JSON.parse(headers) };
const times = [];

const once = () =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request(url, options, (answer) => {
      if (answer.statusCode !== Number(status)) {
        reject(new Error(`${url} answered ${answer.statusCode}`));
        return;
      }
      answer.resume().on("end", () => {
        times.push(performance.now() - began);
        resolve();
      });
    });
    sent.on("error", reject).end();
  });

/** So many requests a second whether or not they are answered, spread to a millisecond. */
async function offer(durationMs) {
  const pending = [];
  const began = performance.now();
  for (let now = began; now < began + durationMs; now = performance.now()) {
    const due = Math.floor(((now - began) / 1000) * Number(rate));
    while (pending.length < due) pending.push(once());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
}

// Connections are opened and code is compiled before anything counts.
await offer(1000);
times.length = 0;
await offer(Number(seconds) * 1000);
agent.destroy();
process.stdout.write(JSON.stringify(times));
