import type { FieldError, ValidationError } from '@anancus/core/kernel/errors'
import { type Html, type HtmlValue, html } from '@anancus/core/kernel/text/html'
import { csrfToken } from '../http/csrf.ts'
import type { PageCall } from './page.ts'

export interface FormOptions {
  action: string
  method?: 'post' | 'put' | 'patch' | 'delete'
  id?: string
  /** Laid out in a line: a single button. */
  inline?: boolean
}

/** A form with its CSRF token, and `_method` where browsers lack the word. */
export function form(call: Pick<PageCall, 'req'>, options: FormOptions, ...content: HtmlValue[]): Html {
  const method = options.method ?? 'post'
  return html`<form method="post" action="${options.action}" class="${options.inline ? 'inline' : 'form'}"${
    options.id && html` id="${options.id}"`
  } novalidate>
<input type="hidden" name="authenticity_token" value="${csrfToken(call.req)}">
${method !== 'post' && html`<input type="hidden" name="_method" value="${method}">`}
${content}
</form>`
}

export interface FieldOptions {
  name: string
  label: string
  type?: 'text' | 'email' | 'password' | 'date'
  value?: string
  hint?: string
  autocomplete?: string
  required?: boolean
  maxlength?: number
  /** After the input: the domain of a handle. */
  suffix?: string
  inputmode?: string
  errors?: readonly FieldError[] | undefined
  autofocus?: boolean
  multiline?: boolean
}

/** A labelled input; its hint and its errors are tied to it for screen readers. */
export function field(options: FieldOptions): Html {
  const id = `field-${options.name.replace(/\W+/g, '-')}`
  const errors = options.errors ?? []
  const described = [options.hint && `${id}-hint`, errors.length > 0 && `${id}-errors`]
    .filter(Boolean)
    .join(' ')
  const attributes = html`id="${id}" name="${options.name}"${options.required && html` required aria-required="true"`}${
    options.autocomplete && html` autocomplete="${options.autocomplete}"`
  }${options.maxlength && html` maxlength="${options.maxlength}"`}${
    options.inputmode && html` inputmode="${options.inputmode}"`
  }${described !== '' && html` aria-describedby="${described}"`}${errors.length > 0 && html` aria-invalid="true"`}${
    options.autofocus && html` autofocus`
  }`
  const control = options.multiline
    ? html`<textarea ${attributes} rows="4">${options.value}</textarea>`
    : html`<input type="${options.type ?? 'text'}" ${attributes}${
        options.type !== 'password' && html` value="${options.value ?? ''}"`
      }>`
  return html`<div class="field">
<label for="${id}">${options.label}</label>
${options.suffix ? html`<span class="joined">${control}<span class="suffix">${options.suffix}</span></span>` : control}
${options.hint && html`<p class="hint" id="${id}-hint">${options.hint}</p>`}
${
  errors.length > 0 &&
  html`<p class="error" id="${id}-errors">${errors.map(({ description }) => sentence(`${options.label} ${description}`)).join(' ')}</p>`
}
</div>`
}

export function checkbox(options: {
  name: string
  label: HtmlValue
  checked?: boolean
  errors?: readonly FieldError[] | undefined
}): Html {
  const id = `field-${options.name}`
  return html`<div class="field"><span class="check"><input type="checkbox" id="${id}" name="${options.name}" value="1"${
    options.checked && html` checked`
  }><label for="${id}">${options.label}</label></span>
${options.errors?.length ? html`<p class="error">${options.errors.map(({ description }) => sentence(`This ${description}`)).join(' ')}</p>` : ''}</div>`
}

/** A labelled choice of one. @param options value and words of each, in order */
export function select(options: {
  name: string
  label: string
  options: readonly (readonly [value: string, words: string])[]
  value: string
}): Html {
  const id = `field-${options.name.replace(/\W+/g, '-')}`
  return html`<div class="field">
<label for="${id}">${options.label}</label>
<select id="${id}" name="${options.name}">${options.options.map(
    ([value, words]) =>
      html`<option value="${value}"${value === options.value && html` selected`}>${words}</option>`,
  )}</select></div>`
}

export function submit(label: string, kind: 'primary' | 'secondary' | 'danger' = 'primary'): Html {
  return html`<button type="submit" class="button ${kind}">${label}</button>`
}

/** All that is wrong, at the top of a form. */
export function errorSummary(error: ValidationError | string | null): Html | null {
  if (error === null) return null
  const text = typeof error === 'string' ? error : error.message.replace(/^Validation failed: /, '')
  return html`<p class="alert" role="alert">${text}</p>`
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
