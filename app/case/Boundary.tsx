import { Component, type ReactNode } from 'react'

interface Props {
  readonly fallback: (error: Error, reset: () => void) => ReactNode
  readonly children: ReactNode
}

/** Catches what a view throws, so that our own fault is a sentence and never a blank page. */
export class Boundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null }
  static getDerivedStateFromError(thrown: unknown): { readonly error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }
  override render(): ReactNode {
    const { error } = this.state
    return error ? this.props.fallback(error, () => this.setState({ error: null })) : this.props.children
  }
}
