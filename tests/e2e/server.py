"""A server of both eras: progress, a question to the user, a tool that changes. `server.py [PORT]`"""

import sys
from typing import Annotated

import anyio
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, Resolve
from pydantic import BaseModel

app = MCPServer("e2e-notes", instructions="Notes for a test.")


class Sure(BaseModel):
    sure: bool


async def ask(name: str) -> Elicit[Sure]:
    return Elicit(f"Really delete {name}?", Sure)


@app.tool()
def add_note(text: str) -> str:
    """Add a note."""
    return f"saved {text}"


@app.tool()
async def slow(context: Context, steps: int) -> str:
    """Take a while, and say how far it is."""
    for step in range(steps):
        await context.report_progress(step + 1, steps, f"step {step + 1}")
        await anyio.sleep(0.05)
    return "done"


@app.tool()
async def delete_note(name: str, answer: Annotated[Sure, Resolve(ask)]) -> str:
    """Delete a note, after asking."""
    return f"deleted {name}: {answer.sure}"


@app.tool()
async def upgrade(context: Context) -> str:
    """Change a tool."""
    app.remove_tool("add_note")

    def add_note(text: str, urgent: bool = False) -> str:
        return "saved"

    app.add_tool(add_note, description="Add a note, urgent or not.")
    await context.notify_tools_changed()
    return "changed"


@app.resource("note://today")
def today() -> str:
    return "today's note"


@app.prompt()
def standup(team: str) -> str:
    return f"Write a standup for {team}"


print("e2e-notes starts", file=sys.stderr)
if len(sys.argv) > 1:
    app.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
else:
    app.run("stdio")
