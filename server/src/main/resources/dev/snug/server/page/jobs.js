// The page of jobs: leaves texts and pictures with the server, and shows what becomes of them.
'use strict';
(() => {
  const ACTIVE_SECONDS = 1, QUIET_SECONDS = 5, ROWS = 200;
  const byId = id => document.getElementById(id);
  const text = snug.text;
  const rows = new Map(); // id of a job, to what is shown of it
  const TYPES = {md: 'text/markdown', markdown: 'text/markdown', epub: 'application/epub+zip'};

  const element = (name, content, className) => {
    const made = document.createElement(name);
    if (content != null) made.textContent = content;
    if (className) made.className = className;
    return made;
  };

  const isOver = job => !['queued', 'running'].includes(job.state);

  /** A number that makes one order of two clicks, or of a click that is sent twice. */
  const newKey = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

  const duration = seconds => {
    if (seconds < 90) return text('js_jobs_seconds', Math.max(1, Math.round(seconds)));
    if (seconds < 5400) return text('js_jobs_minutes', Math.round(seconds / 60));
    return text('js_jobs_hours', snug.number(seconds / 3600, 1));
  };

  const words = job => {
    const {done, total, failed} = job.progress;
    const parts = [text(`js_jobs_${job.state}`)];
    if (total) parts.push(text(`js_jobs_of_${job.kind}`, done, total));
    if (failed) parts.push(text('js_jobs_failed_pictures', failed));
    if (!isOver(job) && job.eta_seconds != null) parts.push(text('js_jobs_left', duration(job.eta_seconds)));
    return parts.join(' · ');
  };

  const link = (job, label) => {
    const anchor = element('a', label, 'button plain small');
    anchor.href = `/v1/jobs/${job.id}/result`;
    anchor.download = '';
    return anchor;
  };

  const act = (job, what, label) => {
    const button = element('button', label, 'button plain small');
    button.type = 'button';
    button.addEventListener('click', async () => {
      button.disabled = true;
      try {
        await snug.request(`/v1/jobs/${job.id}/${what}`, {method: 'POST'});
      } catch (error) {
        snug.showError(byId('status'), error);
      }
      await look();
    });
    return button;
  };

  const answersOf = async (job, place) => {
    const {results} = await (await snug.request(`/v1/jobs/${job.id}/result`)).json();
    const table = element('table');
    const head = element('tr');
    head.append(...['js_jobs_picture', 'js_jobs_likeliest', 'js_jobs_probability'].map(key => {
      const cell = element('th', text(key));
      cell.scope = 'col';
      return cell;
    }));
    table.append(head, ...results.map(({name, answer, error}) => {
      const row = element('tr');
      const best = answer?.classes[0];
      const title = element('th', name);
      title.scope = 'row';
      row.append(title, element('td', best ? best.name : error.message),
        element('td', best ? `${snug.number(100 * best.probability, 1)}\u00a0%` : ''));
      return row;
    }));
    const frame = element('div', null, 'table');
    frame.tabIndex = 0;
    frame.setAttribute('role', 'region');
    frame.setAttribute('aria-label', text('js_jobs_result'));
    frame.append(table);
    place.replaceChildren(frame);
  };

  /** What a job that succeeded made: heard or read on the page, and as a file. */
  const result = job => {
    if (job.kind === 'speech') {
      const audio = element('audio');
      audio.controls = true;
      audio.preload = 'none';
      audio.src = `/v1/jobs/${job.id}/result`;
      return audio;
    }
    const details = element('details');
    const place = element('div');
    details.append(element('summary', text('js_jobs_show')), place);
    details.addEventListener('toggle', () => {
      if (details.open && !place.firstChild) answersOf(job, place).catch(error => snug.showError(place, error));
    });
    return details;
  };

  const newRow = job => {
    const row = element('li');
    const name = text(`js_jobs_kind_${job.kind}`);
    const head = element('div', null, 'job-head');
    head.append(element('strong', name), element('span', new Date(job.created).toLocaleString(document.documentElement.lang), 'hint'));
    const bar = element('progress');
    bar.setAttribute('aria-label', text('js_jobs_progress', name));
    const shown = {row, bar, words: element('p', null, 'hint'), more: element('div'), actions: element('p', null, 'actions'), state: ''};
    row.append(head, bar, shown.words, shown.more, shown.actions);
    return shown;
  };

  const show = job => {
    const known = rows.has(job.id);
    const shown = rows.get(job.id) ?? newRow(job);
    rows.set(job.id, shown);
    const {done, total} = job.progress;
    shown.words.textContent = words(job);
    shown.bar.hidden = isOver(job) && job.state !== 'succeeded';
    if (total) {
      shown.bar.max = total;
      shown.bar.value = done;
    } else if (job.state === 'queued') {
      shown.bar.max = 1;
      shown.bar.value = 0;
    } else shown.bar.removeAttribute('value');
    if (shown.state === job.state) return known ? null : shown.row;
    shown.state = job.state;
    shown.more.replaceChildren(...(job.error ? [element('p', job.error.message, 'notice bad')] : job.state === 'succeeded' ? [result(job)] : []));
    shown.actions.replaceChildren(...(isOver(job)
      ? [...(job.state === 'succeeded' ? [link(job, text('js_jobs_download'))] : []), act(job, 'remove', text('js_jobs_remove'))]
      : [act(job, 'cancel', text('js_jobs_cancel'))]));
    return known ? null : shown.row;
  };

  let isActive = false;

  const look = async () => {
    const {jobs} = await (await snug.request(`/v1/jobs?limit=${ROWS}`)).json();
    const ids = new Set(jobs.map(job => job.id));
    for (const [id, shown] of rows) {
      if (!ids.has(id)) {
        shown.row.remove();
        rows.delete(id);
      }
    }
    // The latest comes first; what is shown already stays where it is.
    byId('jobs').prepend(...jobs.map(show).filter(row => row));
    byId('none').hidden = jobs.length > 0;
    isActive = jobs.some(job => !isOver(job));
  };

  const watch = async () => {
    for (;;) {
      if (!document.hidden) {
        try {
          await look();
          if (byId('status').dataset.lost) byId('status').textContent = byId('status').dataset.lost = '';
        } catch (error) {
          snug.showError(byId('status'), error);
          byId('status').dataset.lost = 'yes';
          if (error.status === 401) return;
        }
      }
      await snug.pause(isActive ? ACTIVE_SECONDS : QUIET_SECONDS);
    }
  };

  /** Sends a form's order once, however often its button is pressed, and shows the job. */
  const submits = (form, status, order) => form?.addEventListener('submit', async e => {
    e.preventDefault();
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    try {
      const {url, options} = await order();
      status.textContent = text('js_jobs_sending');
      options.headers = {...options.headers, 'Idempotency-Key': newKey()};
      await snug.request(url, {method: 'POST', ...options},
        seconds => { status.textContent = text('js_all_seconds_left', seconds); });
      status.textContent = text('js_jobs_taken');
      form.reset();
      await look();
    } catch (error) {
      snug.showError(status, error);
    }
    button.disabled = false;
  });

  const documentOrder = async () => {
    const form = byId('document');
    const voice = byId('voice')?.value;
    const fields = {model: form.dataset.model, format: byId('format').value, ...(voice ? {voice} : {})};
    const file = byId('file').files[0];
    if (file) {
      const ending = file.name.split('.').at(-1).toLowerCase();
      const name = file.name.replace(/\.[^.]*$/, '');
      return {
        url: `/v1/jobs?${new URLSearchParams({...fields, name})}`,
        options: {headers: {'Content-Type': TYPES[ending] ?? 'text/plain'}, body: file}
      };
    }
    const written = byId('text').value.trim();
    if (!written) throw new snug.RequestError(0, 'empty', text('js_jobs_empty'));
    return {
      url: '/v1/jobs',
      options: {headers: {'Content-Type': 'application/json'}, body: JSON.stringify({...fields, text: written})}
    };
  };

  const picturesOrder = async () => {
    const body = new FormData();
    body.append('model', byId('pictures').dataset.model);
    body.append('explain', byId('explain').checked);
    const files = [...byId('files').files];
    for (const [i, file] of files.entries()) {
      byId('pictures-status').textContent = text('js_jobs_preparing', i + 1, files.length);
      const {blob} = await snug.preparePhoto(file);
      body.append('picture', blob, file.name);
    }
    return {url: '/v1/jobs', options: {body}};
  };

  submits(byId('document'), byId('document-status'), documentOrder);
  submits(byId('pictures'), byId('pictures-status'), picturesOrder);
  watch();
})();
