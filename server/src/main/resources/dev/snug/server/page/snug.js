// What all pages' scripts share: texts of the page's language, numbers, and calls to the server.
'use strict';
(() => {
  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content || '';
  const texts = JSON.parse(meta('words') || '{}');
  const language = document.documentElement.lang;

  class RequestError extends Error {
    constructor(status, code, message, detail = '') {
      super(message);
      this.status = status;
      this.code = code;
      this.detail = detail; // what the server said, in English
    }
  }

  const text = (key, ...values) =>
    values.reduce((all, value, i) => all.replaceAll(`{${i}}`, value), texts[key] ?? key);

  const number = (value, decimals) =>
    new Intl.NumberFormat(language, {minimumFractionDigits: decimals, maximumFractionDigits: decimals}).format(value);

  const bytes = value => {
    if (value == null) return text('js_memory_none');
    const mib = value / 1048576;
    return mib >= 10240 ? `${number(mib / 1024, 1)}\u00a0GiB` : `${number(mib, mib < 10 ? 1 : 0)}\u00a0MiB`;
  };

  const pause = (seconds, signal) => new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); });
  });

  /** What an error reply says, in the page's language where its code is known. */
  const failure = (status, body) => {
    let error = {};
    try { error = JSON.parse(body).error || {}; } catch { /* a proxy's own page */ }
    const known = texts[`error_${error.code}`];
    return new RequestError(status, error.code || '', known || error.message || `${status}`,
      `${error.param || ''} ${error.message || ''}`);
  };

  /**
   * Fetches. A busy server is asked once more, after the time that it names; waiting(seconds) is
   * told so. Throws RequestError for every other reply that is not an answer.
   */
  const request = async (url, options = {}, waiting = () => {}) => {
    const headers = {Accept: 'application/json', ...options.headers};
    const csrf = meta('csrf');
    if (csrf) headers['X-CSRF-Token'] = csrf;
    for (let attempt = 0; ; attempt++) {
      let reply;
      try {
        reply = await fetch(url, {...options, headers});
      } catch (e) {
        if (e.name === 'AbortError') throw e;
        throw new RequestError(0, 'network', text('js_all_network'));
      }
      if (reply.ok) return reply;
      const seconds = Number(reply.headers.get('Retry-After'));
      if (attempt > 0 || ![429, 503].includes(reply.status) || !(seconds > 0 && seconds <= 60)) {
        throw failure(reply.status, await reply.text());
      }
      waiting(seconds);
      await pause(seconds, options.signal);
    }
  };

  /** Shows an error in place, with a way to sign in where that is what is missing. */
  const showError = (place, error) => {
    place.replaceChildren(error.message);
    if (error.status === 401) {
      const link = document.createElement('a');
      link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = text('js_all_sign_in');
      place.append(' ', link);
    }
  };

  const svg = (name, attributes) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  window.snug = {RequestError, text, number, bytes, pause, failure, request, showError, svg, csrf: meta('csrf')};
  document.documentElement.classList.add('has-script');
})();
