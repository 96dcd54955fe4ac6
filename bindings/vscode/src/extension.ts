// extension.ts: starts rhetor-lsp and lets vscode-languageclient do the rest. In: settings "rhetor.*".
// Out: a client for as long as the window lives. The server holds all that is known of rhetoric.
import * as vscode from "vscode";
import {
    LanguageClient, LanguageClientOptions, ServerOptions, TransportKind,
} from "vscode-languageclient/node";

let client: LanguageClient | undefined;

function settings(): vscode.WorkspaceConfiguration {
    return vscode.workspace.getConfiguration("rhetor");
}

function makeClient(): LanguageClient {
    const command = settings().get<string>("server") || "rhetor-lsp";
    const languages = settings().get<string[]>("languages") ?? ["plaintext", "markdown"];
    const server: ServerOptions = { command, transport: TransportKind.stdio };
    const options: LanguageClientOptions = {
        documentSelector: [
            ...languages.flatMap((language) => ["file", "untitled"].map((scheme) => ({ scheme, language }))),
            { scheme: "file", pattern: "**/.rhetor.yaml" },
            { scheme: "file", pattern: "**/patterns/**/*.yaml" },
        ],
        initializationOptions: settings(),
    };
    return new LanguageClient("rhetor", "Rhetor", server, options);
}

async function start(): Promise<void> {
    client = makeClient();
    try {
        await client.start();
    } catch (error) {
        const settingsButton = "Open settings";
        const chosen = await vscode.window.showErrorMessage(
            `rhetor-lsp cannot be started: ${error instanceof Error ? error.message : error}. ` +
            "Install rhetor, or name the server in rhetor.server.", settingsButton);
        if (chosen === settingsButton) {
            await vscode.commands.executeCommand("workbench.action.openSettings", "rhetor.server");
        }
    }
}

async function stop(): Promise<void> {
    const old = client;
    client = undefined;
    if (old?.needsStop()) {
        await old.stop();
    }
}

async function restart(): Promise<void> {
    await stop();
    await start();
}

// How often each device stands in the document, the commonest first, as a list to look at.
async function showSummary(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!client || !document) {
        return;
    }
    const counts = await client.sendRequest<Record<string, number>>("workspace/executeCommand", {
        command: "rhetor.summary",
        arguments: [client.code2ProtocolConverter.asUri(document.uri)],
    });
    const rows = Object.entries(counts).sort((a, b) => b[1] - a[1]);
    await vscode.window.showQuickPick(rows.map(([label, count]) => ({ label, description: `${count}` })),
        { title: `Rhetor: ${rows.reduce((sum, row) => sum + row[1], 0)} devices`, matchOnDescription: true });
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    context.subscriptions.push(
        vscode.commands.registerCommand("rhetor.restart", restart),
        vscode.commands.registerCommand("rhetor.showSummary", showSummary),
        vscode.workspace.onDidChangeConfiguration(async (event) => {
            if (event.affectsConfiguration("rhetor.server") || event.affectsConfiguration("rhetor.languages")) {
                await restart();
            }
        }));
    await start();
}

export async function deactivate(): Promise<void> {
    await stop();
}
