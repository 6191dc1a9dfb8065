// What tauri puts into its window's page, for a page that a browser shows: commands, photos and events over HTTP.
(() => {
  const callbacks = new Map();
  const sources = new Map();
  let last = 0;

  const listen = ({ event, handler }) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const source = new EventSource(`/events/${event}`);
      source.onmessage = ({ data }) => callbacks.get(handler)?.({ event, id, payload: JSON.parse(data) });
      source.onopen = () => resolve(id);
      source.onerror = () => reject(new Error('no events'));
      sources.set(id, source);
    });

  const unlisten = ({ eventId }) => {
    sources.get(eventId)?.close();
    sources.delete(eventId);
  };

  const call = async (command, args) => {
    const answer = await fetch(`/ipc/${command}`, { method: 'POST', body: JSON.stringify(args) });
    // Where the handler refused, its own error; anything else is the bridge's.
    if (answer.status === 422) throw await answer.json();
    if (!answer.ok) throw new Error(`${command}: ${answer.status}`);
    return answer.json();
  };

  window.__TAURI_INTERNALS__ = {
    invoke(command, args = {}) {
      if (command === 'plugin:event|listen') return listen(args);
      if (command === 'plugin:event|unlisten') return Promise.resolve(unlisten(args));
      return call(command, args);
    },
    transformCallback(callback) {
      callbacks.set(++last, callback);
      return last;
    },
    unregisterCallback: (id) => callbacks.delete(id),
    convertFileSrc: (path, scheme) => `/${scheme}/${encodeURIComponent(path)}`,
  };
  window.__TAURI_EVENT_PLUGIN_INTERNALS__ = { unregisterListener() {} };
  // As `freezePrototype` of the program's configuration has it.
  Object.freeze(Object.prototype);
})();
