/** The manifest an admin pastes: within Slack's limits, and asking for exactly what the code calls. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  eventScopes,
  methodScopes,
  requiredScopes,
  SHORTCUT_PREFIX,
} from '../../../src/chat/slack/scopes.ts';
import { MESSAGE_SHORTCUTS } from '../../../src/chat/types.ts';
import { MANIFEST_EVENTS, MANIFEST_SCOPES, MANIFEST_SHORTCUTS } from '../../../src/sandbox/manifest.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const source = readFileSync(join(ROOT, 'templates/install/slack-manifest.yaml'), 'utf8');
const manifest = parse(source);
const code = readdirSync(join(ROOT, 'src/chat/slack'))
  .map((name) => readFileSync(join(ROOT, 'src/chat/slack', name), 'utf8'))
  .join('\n');

describe('slack-manifest.yaml', () => {
  it('stays within the limits of a manifest', () => {
    const { display_information: about, features } = manifest;
    expect(about.name.length).toBeLessThanOrEqual(35);
    expect(about.description.length).toBeLessThanOrEqual(140);
    expect(about.long_description.length).toBeGreaterThanOrEqual(175);
    expect(about.long_description.length).toBeLessThanOrEqual(4_000);
    expect(about.background_color).toMatch(/^#[0-9a-f]{6}$/);
    expect(features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    for (const command of features.slash_commands) {
      expect(command.command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(command.description.length).toBeLessThanOrEqual(2_000);
      expect(command.should_escape).toBe(false);
    }
  });

  it('sends every request to the path the server listens on', () => {
    const addresses = [
      manifest.settings.interactivity.request_url,
      manifest.settings.event_subscriptions.request_url,
      manifest.features.slash_commands[0].url,
    ];
    expect(addresses.map((address: string) => new URL(address).pathname)).toEqual(
      addresses.map(() => '/slack/events'),
    );
    expect(source.match(/https:\/\/pennywatch\.example\.com\/slack/g)).toHaveLength(addresses.length);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(false);
  });

  it('asks for the scopes of the calls made, and explains each', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...requiredScopes]);
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
    for (const scope of requiredScopes) expect(source).toMatch(new RegExp(`# .*\\n *- ${scope}\\n`));
  });

  it('subscribes to the events the code hears, and to no others', () => {
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(
      Object.keys(eventScopes).sort(),
    );
    const heard = [...code.matchAll(/app\.event\('(\w+)'/g)].map(([, name]) => name);
    expect(new Set(heard)).toEqual(new Set(Object.keys(eventScopes).map((name) => name.replace(/\..*/, ''))));
  });

  it('lets people write to the app, open its home and choose our shortcuts', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(
      manifest.features.shortcuts.map((one: { type: string; callback_id: string }) => [
        one.type,
        one.callback_id,
      ]),
    ).toEqual(MESSAGE_SHORTCUTS.map((name) => ['message', `${SHORTCUT_PREFIX}${name}`]));
    for (const { name, description } of manifest.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it('is what the local workspace grants', () => {
    expect([...MANIFEST_SCOPES].sort()).toEqual([...manifest.oauth_config.scopes.bot].sort());
    expect([...MANIFEST_EVENTS].sort()).toEqual([...manifest.settings.event_subscriptions.bot_events].sort());
    expect(MANIFEST_SHORTCUTS).toEqual(
      manifest.features.shortcuts.map(
        ({ callback_id: callbackId, name, description }: Record<string, string>) => ({
          callbackId,
          name,
          description,
        }),
      ),
    );
  });

  it('knows the scope of every method the code calls, and names no method it does not call', () => {
    const called = [...code.matchAll(/\bclient\.(\w+(?:\.\w+)+)\(/g)].map(([, method]) => method);
    expect([...new Set(called)].sort()).toEqual(Object.keys(methodScopes).sort());
  });
});
