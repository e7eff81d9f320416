// A real client: walks through a scenario and prints what it got, one JSON line a step. What differs from run to run
// (times, ids) is left out, so that two runs can be compared.
//   node client.mjs SCENARIO stdio COMMAND [ARG…] | http URL | sse URL
import { createHash } from "node:crypto";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import * as types from "@modelcontextprotocol/sdk/types.js";

const [scenario, kind, ...rest] = process.argv.slice(2);
const short = (text) => (text.length > 2000 ? createHash("sha256").update(text).digest("hex") : text);
const say = (step, value) => console.log(JSON.stringify({ step, value: short(JSON.stringify(value ?? null)) }));

const client = new Client(
  { name: "plainsight-e2e", version: "1.0.0" },
  { capabilities: { roots: { listChanged: true }, sampling: {}, elicitation: { form: {} } } },
);
client.setRequestHandler(types.ListRootsRequestSchema, async () => ({
  roots: [{ uri: "file:///somewhere/quiet", name: "quiet" }],
}));
client.setRequestHandler(types.CreateMessageRequestSchema, async (request) => {
  say("asked to sample", request.params.messages.length);
  return { model: "none", role: "assistant", content: { type: "text", text: "a sampled answer" }, stopReason: "endTurn" };
});
client.setRequestHandler(types.ElicitRequestSchema, async (request) => {
  say("asked by elicitation", request.params.message);
  return { action: "decline" };
});

const transport =
  kind === "stdio"
    ? new StdioClientTransport({ command: rest[0], args: rest.slice(1), stderr: "ignore", env: process.env })
    : kind === "http"
      ? new StreamableHTTPClientTransport(new URL(rest[0]))
      : new SSEClientTransport(new URL(rest[0]));
await client.connect(transport);
say("server", client.getServerVersion());
say("capabilities", client.getServerCapabilities());

const attempt = async (step, what) => {
  try {
    say(step, await what());
  } catch (error) {
    say(step, { code: error.code, message: String(error.message) });
  }
};
const call = (name, args, options) =>
  attempt(`call ${name}`, () => client.callTool({ name, arguments: args }, undefined, { timeout: 30000, ...options }));

await attempt("tools", () => client.listTools());

if (scenario === "everything") {
  await attempt("resources", async () => (await client.listResources()).resources.map((one) => one.name));
  await attempt("prompts", () => client.listPrompts());
  await attempt("ping", () => client.ping());
  await call("echo", { message: "héllo \u{1f680} \u202e \u0000 end" });
  await call("get-sum", { a: 2, b: 40 });
  await call("get-sum", { a: "two", b: 40 });
  await call("no-such-tool", {});
  await call("get-tiny-image", {});
  await call("get-structured-content", { location: "Chicago" });
  const progress = [];
  await call("trigger-long-running-operation", { duration: 1, steps: 4 }, { onprogress: (p) => progress.push(p.progress) });
  say("progress", progress.slice(0, 2));
  await call("trigger-sampling-request", { prompt: "summarise", maxTokens: 50 });
  await call("trigger-elicitation-request", {});
  await call("get-roots-list", {});
  const uri = "demo://resource/dynamic/text/1";
  await attempt("subscribe", () => client.subscribeResource({ uri }));
  await attempt("unsubscribe", () => client.unsubscribeResource({ uri }));
  await attempt("log level", () => client.setLoggingLevel("debug"));
  const abort = new AbortController();
  setTimeout(() => abort.abort("thought better of it"), 300);
  await call("trigger-long-running-operation", { duration: 3, steps: 3 }, { signal: abort.signal });
  await call("echo", { message: "x".repeat(300000) });
}

if (scenario === "files") {
  const folder = process.env.E2E_FOLDER;
  await call("list_allowed_directories", {});
  await call("write_file", { path: `${folder}/a.txt`, content: "one\ntwo\n" });
  await call("read_text_file", { path: `${folder}/a.txt` });
  await call("read_text_file", { path: "/etc/hostname" });
  await call("list_directory", { path: folder });
  await call("edit_file", { path: `${folder}/a.txt`, edits: [{ oldText: "two", newText: "2" }], dryRun: true });
}

if (kind === "http") await attempt("end of session", () => transport.terminateSession().then(() => "ended"));
await client.close();
say("done", true);
process.exit(0);
