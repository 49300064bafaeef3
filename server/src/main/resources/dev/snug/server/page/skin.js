// The skin page: pictures are chosen, prepared and sent one after another, and answers are shown.
'use strict';
(() => {
  const form = document.getElementById('skin');
  const byId = id => document.getElementById(id);
  const [drop, picker, camera, previews, status, results] =
    ['drop', 'picture', 'camera', 'previews', 'status', 'results'].map(byId);
  const classNames = JSON.parse(form.dataset.classes || '{}');
  const nameOf = score => classNames[score.id] || score.name;
  const percent = value => `${snug.number(100 * value, 1)}\u00a0%`;
  const CONCERNS = ['too_small', 'too_dark', 'blurred', 'not_skin'];
  let waiting = []; // {file, url}

  /** What was said of the patient, as the page shows it. */
  const patientWords = () => [...form.querySelectorAll('.patient select, .patient input')]
    .filter(field => field.value)
    .map(field => `${form.querySelector(`label[for="${field.id}"]`).textContent}: ${field.selectedOptions?.[0].textContent ?? field.value}`)
    .join(' · ');

  const showWaiting = () => {
    previews.replaceChildren(...waiting.map(item => {
      const entry = document.createElement('li');
      const image = Object.assign(new Image(), {src: item.url, alt: item.file.name});
      const remove = Object.assign(document.createElement('button'), {type: 'button', textContent: '×'});
      remove.setAttribute('aria-label', snug.text('js_skin_remove', item.file.name));
      remove.addEventListener('click', () => {
        waiting = waiting.filter(other => other !== item);
        URL.revokeObjectURL(item.url);
        showWaiting();
      });
      entry.append(image, remove);
      return entry;
    }));
    picker.required = waiting.length === 0;
    status.textContent = waiting.length ? snug.text('js_skin_ready', waiting.length) : '';
  };

  const add = files => {
    for (const file of files) waiting.push({file, url: URL.createObjectURL(file)});
    showWaiting();
  };

  picker.multiple = true;
  for (const input of [picker, camera]) {
    input.addEventListener('change', () => { add(input.files); input.value = ''; });
  }
  for (const event of ['dragenter', 'dragover']) {
    drop.addEventListener(event, e => { e.preventDefault(); drop.classList.add('over'); });
  }
  for (const event of ['dragleave', 'drop']) {
    drop.addEventListener(event, e => { e.preventDefault(); drop.classList.remove('over'); });
  }
  drop.addEventListener('drop', e => add([...e.dataTransfer.files].filter(f => f.type.startsWith('image/'))));
  document.addEventListener('paste', e => add([...e.clipboardData.files].filter(f => f.type.startsWith('image/'))));

  const progress = (words, value) => {
    status.textContent = words;
    byId('progress').hidden = !words;
    if (value == null) byId('bar').removeAttribute('value');
    else byId('bar').value = value;
  };

  /** Sends with progress, which fetch does not tell; a busy server is asked once more. */
  const send = (url, body, type) => new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', url);
    call.responseType = type;
    call.setRequestHeader('Accept', 'application/json');
    if (snug.csrf) call.setRequestHeader('X-CSRF-Token', snug.csrf);
    call.upload.addEventListener('progress', e => {
      const part = e.lengthComputable ? Math.round(100 * e.loaded / e.total) : 0;
      if (part < 100) progress(snug.text('js_skin_sending', part), part);
      else progress(snug.text('js_skin_looking'), null);
    });
    call.addEventListener('error', () => reject(new snug.RequestError(0, 'network', snug.text('js_all_network'))));
    call.addEventListener('load', () => resolve(call));
    call.send(body);
  });

  const bodyOf = (shown, options) => {
    const body = new FormData();
    for (const name of ['model', 'sex', 'location', 'age']) {
      const value = shown.fields[name];
      if (value) body.append(name, value);
    }
    if (options.explained) body.append('class', options.explained);
    body.append('picture', shown.blob, 'picture'); // the file's own name stays here
    return body;
  };

  /** What the server says to this, of the type "text" or "blob". */
  const post = async (url, body, type) => {
    for (let attempt = 0; ; attempt++) {
      const call = await send(url, body, type);
      if (call.status === 200) return call;
      const seconds = Number(call.getResponseHeader('Retry-After'));
      if (attempt > 0 || ![429, 503].includes(call.status) || !(seconds > 0 && seconds <= 60)) {
        throw snug.failure(call.status, type === 'blob' ? await call.response.text() : call.responseText);
      }
      progress(snug.text('js_all_seconds_left', seconds), null);
      await snug.pause(seconds);
    }
  };

  const ask = async (shown, options) => {
    const map = options.map ? 'explain=true&heatmap=layer' : 'explain=false';
    const url = `/v1/classifications?${map}&check=${options.check}`;
    return JSON.parse((await post(url, bodyOf(shown, options), 'text')).responseText);
  };

  /** The picture is not kept by the server, so it is sent once more. */
  const report = async (shown, options) => {
    const lang = document.documentElement.lang;
    const url = `/v1/reports?explain=${options.map}&check=${options.check}&lang=${lang}`;
    const call = await post(url, bodyOf(shown, options), 'blob');
    const name = /filename="([^"]+)"/.exec(call.getResponseHeader('Content-Disposition'))?.[1] ?? 'report.pdf';
    const link = Object.assign(document.createElement('a'), {href: URL.createObjectURL(call.response), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    showNotice(shown, shown.concerns || [], []);
    progress('', 0);
    status.textContent = snug.text('js_skin_report_done', name);
  };

  const newCard = item => {
    const card = byId('result').content.firstElementChild.cloneNode(true);
    const part = name => card.querySelector(`[data-is="${name}"]`);
    part('name').textContent = item.file.name;
    part('when').textContent = new Date().toLocaleString(document.documentElement.lang);
    part('photo').src = item.url;
    part('opacity').addEventListener('input', e => { part('layer').style.opacity = e.target.value / 100; });
    part('print').addEventListener('click', () => {
      card.classList.add('printed');
      document.body.classList.add('print-one');
      window.print();
      document.body.classList.remove('print-one');
      card.classList.remove('printed');
    });
    results.hidden = false;
    results.querySelector('h2').after(card);
    return {card, part};
  };

  const bar = score => {
    const row = document.createElement('li');
    const [name, value] = [document.createElement('span'), document.createElement('span')];
    name.textContent = nameOf(score);
    value.textContent = percent(score.probability);
    value.className = 'value';
    const picture = snug.svg('svg', {'aria-hidden': 'true'});
    picture.append(
      snug.svg('rect', {class: 'rail', width: '100%', height: '100%', rx: 4}),
      snug.svg('rect', {class: 'fill', width: `${Math.max(0.5, 100 * score.probability)}%`, height: '100%', rx: 4}));
    row.append(name, value, picture);
    return row;
  };

  const showClasses = (shown, answer, options) => {
    const select = shown.part('classes');
    const first = new Option(snug.text('js_skin_likeliest'), '');
    select.replaceChildren(first, ...answer.classes.map(score => new Option(nameOf(score), score.id)));
    select.value = options.explained || '';
    select.onchange = () => run(shown, {...options, explained: select.value});
    shown.part('explain').hidden = !options.map;
  };

  const show = (shown, answer, options) => {
    const {part} = shown;
    part('bars').replaceChildren(...answer.classes.map(bar));
    const map = answer.heatmap && answer.heatmap.png;
    part('layer').hidden = part('caption').hidden = !map;
    if (map) {
      part('layer').src = map;
      part('layer').style.opacity = part('opacity').value / 100;
    }
    part('nothing').hidden = !answer.nothing_stands_out;
    part('kept').hidden = !answer.kept;
    const at = answer.decoded_at;
    const decoded = at ? snug.text('js_skin_decoded', at.width, at.height, at.full_width, at.full_height) : '';
    const facts = [answer.model, answer.kept ? '' : snug.text('js_skin_seconds', snug.number(answer.seconds, 2)), shown.note, decoded];
    part('facts').textContent = facts.filter(Boolean).join(' · ');
    part('patient').textContent = shown.patient;
    part('answer').hidden = part('after').hidden = false;
    showClasses(shown, answer, options);
    part('pdf').onclick = () => run(shown, options, report);
    shown.concerns = (answer.concerns || []).map(c => snug.text(`js_skin_concern_${c}`));
    showNotice(shown, shown.concerns, []);
    const top = answer.classes[0];
    progress('', 0);
    status.textContent = snug.text('js_skin_done', nameOf(top), percent(top.probability));
  };

  const showNotice = (shown, reasons, choices, work) => {
    const {part} = shown;
    part('notice').hidden = reasons.length === 0;
    part('concerns').replaceChildren(...reasons.map(reason => {
      const item = document.createElement('li');
      item.textContent = reason;
      return item;
    }));
    part('choices').replaceChildren(...choices.map(([key, options]) => {
      const button = Object.assign(document.createElement('button'), {
        type: 'button', className: 'button plain small', textContent: snug.text(key)});
      button.addEventListener('click', () => run(shown, options, work));
      return button;
    }));
  };

  const showFailure = (shown, error, options, work) => {
    progress('', 0);
    if (error.code === 'photo_refused') {
      const detail = error.detail.replaceAll(' ', '_');
      const known = CONCERNS.filter(word => detail.includes(word)).map(word => snug.text(`js_skin_concern_${word}`));
      showNotice(shown, known.length ? known : [error.message], [['js_skin_anyway', {...options, check: false}]], work);
    } else if (error.code === 'heatmap_off') {
      showNotice(shown, [error.message], [['js_skin_without_map', {...options, map: false}]], work);
    } else {
      showNotice(shown, [error.message], shown.blob ? [['js_skin_again', options]] : [], work);
    }
    snug.showError(status, error);
  };

  const classify = async (shown, options) => show(shown, await ask(shown, options), options);

  /** Does the work with a picture; what goes wrong is told in its card, and may be tried again. */
  const run = async (shown, options, work = classify) => {
    shown.card.setAttribute('aria-busy', 'true');
    try {
      if (!shown.blob) {
        progress(snug.text('js_skin_preparing'), null);
        Object.assign(shown, await snug.preparePhoto(shown.file));
        if (shown.blob.size > Number(form.dataset.bytes)) {
          throw new snug.RequestError(413, 'picture_too_large', snug.text('js_skin_too_large'));
        }
      }
      progress(snug.text('js_skin_looking'), null);
      await work(shown, options);
    } catch (error) {
      showFailure(shown, error, options, work);
    } finally {
      shown.card.removeAttribute('aria-busy');
    }
  };

  form.addEventListener('submit', async e => {
    e.preventDefault();
    const items = waiting;
    const buttons = form.querySelectorAll('button[type=submit]');
    const work = e.submitter?.id === 'pdf' ? report : classify;
    const fields = Object.fromEntries(new FormData(form));
    const patient = patientWords();
    const options = {map: byId('heatmap').checked, check: !byId('anyway')?.checked};
    waiting = [];
    showWaiting();
    buttons.forEach(button => { button.disabled = true; });
    for (const item of items) {
      const {card, part} = newCard(item);
      card.scrollIntoView({block: 'nearest'});
      await run({file: item.file, fields, patient, card, part}, options, work);
    }
    buttons.forEach(button => { button.disabled = false; });
  });
})();
