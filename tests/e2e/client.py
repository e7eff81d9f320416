"""A real client: walks through a scenario and prints what it got, one JSON line a step.

client.py SCENARIO MODE stdio COMMAND [ARG...] | http URL

MODE is the era: `legacy` shakes hands, `auto` asks a server of today and falls back.
"""

import asyncio
import json
import os
import sys

import anyio
import mcp.types as types
from mcp import StdioServerParameters
from mcp.client.client import Client


def say(step, value):
    print(json.dumps({"step": step, "value": value}, sort_keys=True, default=str), flush=True)


def plain(result):
    if hasattr(result, "model_dump"):
        result = result.model_dump(mode="json", by_alias=True, exclude_none=True)
    return result


async def attempt(step, what):
    try:
        say(step, plain(await what))
    except Exception as error:  # Whatever a client of the SDK would see.
        say(step, {"error": type(error).__name__, "message": str(error)})


async def elicit(context, params):
    say("asked by elicitation", params.message)
    return types.ElicitResult(action="accept", content={"sure": True})


async def heard(message):
    pass


async def main():
    scenario, mode, kind, *rest = sys.argv[1:]
    server = rest[0] if kind == "http" else StdioServerParameters(command=rest[0], args=rest[1:], env=dict(os.environ))
    info = types.Implementation(name="plainsight-e2e", version="1.0.0")
    async with Client(server, mode=mode, elicitation_callback=elicit, logging_callback=heard, client_info=info) as client:
        say("protocol", client.protocol_version)
        say("server", client.server_info and client.server_info.name)
        await attempt("tools", client.list_tools())
        if scenario == "lab":
            await attempt("resources", client.list_resources())
            await attempt("prompts", client.list_prompts())
            await attempt("add", client.call_tool("add_note", {"text": "buy m\u00eflk \u202e"}))
            steps = []

            async def progress(done, total, message):
                steps.append([done, total, message])

            await attempt("slow", client.call_tool("slow", {"steps": 3}, progress_callback=progress))
            say("progress", steps)
            await attempt("delete", client.call_tool("delete_note", {"name": "milk"}))
            await attempt("unknown tool", client.call_tool("nope", {}))
            await attempt("resource", client.read_resource("note://today"))
            await attempt("prompt", client.get_prompt("standup", {"team": "core"}))
            if mode == "legacy":
                await attempt("upgrade", client.call_tool("upgrade", {}))
            else:
                async with client.listen(tools_list_changed=True) as events:
                    await attempt("upgrade", client.call_tool("upgrade", {}))
                    told = None
                    with anyio.move_on_after(10):
                        async for event in events:
                            told = type(event).__name__
                            break
                    say("told", told)
            await attempt("tools again", client.list_tools(cache_mode="bypass"))
        if scenario == "time":
            await attempt("zone", client.call_tool("get_current_time", {"timezone": "Not/AZone"}))
            await attempt("tools twice", client.list_tools(cache_mode="bypass"))
        if scenario == "git":
            repo = os.environ["E2E_FOLDER"]
            await attempt("status", client.call_tool("git_status", {"repo_path": repo}))
            await attempt("log", client.call_tool("git_log", {"repo_path": repo, "max_count": 5}))
            await attempt("elsewhere", client.call_tool("git_status", {"repo_path": "/nonexistent"}))
    say("done", True)


asyncio.run(main())
