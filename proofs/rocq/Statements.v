(* What each statement about a rule means, once, for K teachers and V outcomes.

   A rule G gives outcome i the number G K V p T raw w i: p k i are the (softened) teachers, T k the temperatures,
   raw k i the unsoftened teachers, w k the weights; indices run from 0 to K - 1 and V - 1. D is the rule's domain:
   D K V p T raw w i says that every division, power and logarithm in G K V p T raw w i is within its domain.
   Most rules use p and w alone. rpow x (-1) is 1/x, rsum n f is f 0 + .. + f (n-1), rif c x y is x if c, else y,
   Un_cv is convergence of a sequence: see Core.v. *)

From Axiomkd Require Import Core Rules Means Limits.

Definition rule : Type :=
  nat -> nat -> (nat -> nat -> R) -> (nat -> R) -> (nat -> nat -> R) -> (nat -> R) -> nat -> R.
Definition domain : Type :=
  nat -> nat -> (nat -> nat -> R) -> (nat -> R) -> (nat -> nat -> R) -> (nat -> R) -> nat -> Prop.

(* ---- inputs ---- *)

(* Every p k is a distribution with positive entries. *)
Definition interior (K V : nat) (p : nat -> nat -> R) : Prop :=
  (forall k, (k < K)%nat -> forall i, (i < V)%nat -> 0 < p k i) /\
  (forall k, (k < K)%nat -> rsum V (fun i => p k i) = 1).
(* Every p k is a distribution. *)
Definition closed (K V : nat) (p : nat -> nat -> R) : Prop :=
  (forall k, (k < K)%nat -> forall i, (i < V)%nat -> 0 <= p k i) /\
  (forall k, (k < K)%nat -> rsum V (fun i => p k i) = 1).
Definition weights (K : nat) (w : nat -> R) : Prop :=
  (forall k, (k < K)%nat -> 0 <= w k) /\ rsum K (fun k => w k) = 1.
Definition positive (K : nat) (T : nat -> R) : Prop := forall k, (k < K)%nat -> 0 < T k.

(* p^e / sum p^e; teacher k at temperature T k has e = 1 / T k. *)
Definition raised (V : nat) (e : R) (x : nat -> R) (i : nat) : R :=
  rpow (x i) e * rpow (rsum V (fun j => rpow (x j) e)) (-1).
Definition soft (V : nat) (T : nat -> R) (p : nat -> nat -> R) (k i : nat) : R :=
  raised V (rpow (T k) (-1)) (p k) i.
Definition common (V : nat) (t : R) (p : nat -> nat -> R) (k i : nat) : R := raised V (rpow t (-1)) (p k) i.

(* Weight d moves from teacher b to teacher a; all weights move towards teacher a by the share s. *)
Definition exchanged (w : nat -> R) (a b : nat) (d : R) (k : nat) : R :=
  (w k + d * rif (Nat.eqb k a) 1 0) + (-1) * (d * rif (Nat.eqb k b) 1 0).
Definition on_path (w : nat -> R) (a : nat) (s : R) (k : nat) : R :=
  ((1 + (-1) * s) * w k) + (s * rif (Nat.eqb k a) 1 0).

(* The divergence KL(x;y) = sum x log(x/y), written sum log((x/y)^x) so that x i = 0 gives 0, and exp(-KL(x;y)),
   which is 0 where the divergence is infinite; the entropy -sum x log x likewise. *)
Definition KL (V : nat) (x y : nat -> R) : R := rsum V (fun i => ln (rpow (x i * rpow (y i) (-1)) (x i))).
Definition exp_minus_KL (V : nat) (x y : nat -> R) : R := rprod V (fun i => rpow (y i * rpow (x i) (-1)) (x i)).
Definition entropy (V : nat) (x : nat -> R) : R := (-1) * rsum V (fun i => ln (rpow (x i) (x i))).

Section Statements.
Variables (K V : nat) (G : rule) (D : domain).

(* The rule at temperature one. *)
Definition q (p : nat -> nat -> R) (w : nat -> R) : nat -> R := G K V p (fun _ => 1) p w.
Definition defined (p : nat -> nat -> R) (w : nat -> R) : Prop :=
  forall i, (i < V)%nat -> D K V p (fun _ => 1) p w i.
Definition odds_defined (p : nat -> nat -> R) (w : nat -> R) (i j : nat) : Prop :=
  D K V p (fun _ => 1) p w i /\ D K V p (fun _ => 1) p w j /\ pow_defined (q p w j) (-1).
(* The rule with all teachers at temperature t. *)
Definition q_at (t : R) (p : nat -> nat -> R) (w : nat -> R) : nat -> R := G K V (common V t p) (fun _ => t) p w.
Definition defined_at (t : R) (p : nat -> nat -> R) (w : nat -> R) : Prop :=
  forall i, (i < V)%nat -> D K V (common V t p) (fun _ => t) p w i.

Definition well_defined_interior : Prop := forall p w, interior K V p -> weights K w -> defined p w.
Definition well_defined_closed : Prop := forall p w, closed K V p -> weights K w -> defined p w.

Definition convexity_simplex : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> 0 <= q p w i) /\ rsum V (fun i => q p w i) = 1 /\ defined p w.
Definition convexity_between : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> rmin K (fun k => p k i) <= q p w i) /\
  (forall i, (i < V)%nat -> q p w i <= rmax K (fun k => p k i)) /\ defined p w.
Definition convexity_hull : Prop := forall p w, interior K V p -> weights K w ->
  in_hull K V (fun i => q p w i) (fun k i => p k i) /\ defined p w.

Definition positivity_all : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> 0 < q p w i) /\ defined p w.
Definition positivity_some : Prop := forall p w a, (a < K)%nat -> forall i, (i < V)%nat ->
  closed K V p -> weights K w -> 0 < p a i -> 0 < w a -> defined p w -> 0 < q p w i.
Definition positivity_zero : Prop := forall p w i, (i < V)%nat ->
  closed K V p -> weights K w -> (forall k, (k < K)%nat -> p k i = 0) -> defined p w -> q p w i = 0.

Definition weight_monotonicity_exchange : Prop :=
  forall p w d a, (a < K)%nat -> forall b, (b < K)%nat -> forall i, (i < V)%nat ->
  interior K V p -> weights K w -> p b i < p a i -> 0 < d -> d <= w b ->
  q p w i <= q p (exchanged w a b d) i /\
  D K V p (fun _ => 1) p w i /\ D K V p (fun _ => 1) p (exchanged w a b d) i.
Definition weight_monotonicity_exchange_strict : Prop :=
  forall p w d a, (a < K)%nat -> forall b, (b < K)%nat -> forall i, (i < V)%nat ->
  interior K V p -> weights K w -> p b i < p a i -> 0 < d -> d <= w b ->
  q p w i < q p (exchanged w a b d) i /\
  D K V p (fun _ => 1) p w i /\ D K V p (fun _ => 1) p (exchanged w a b d) i.
Definition weight_monotonicity_favourite : Prop :=
  forall p w s a, (a < K)%nat -> forall i, (i < V)%nat ->
  interior K V p -> weights K w -> 0 <= s -> s <= 1 -> (forall l, (l < K)%nat -> p l i <= p a i) ->
  q p w i <= q p (on_path w a s) i /\
  D K V p (fun _ => 1) p w i /\ D K V p (fun _ => 1) p (on_path w a s) i.
Definition weight_monotonicity_log_odds : Prop :=
  forall p w s a, (a < K)%nat -> interior K V p -> weights K w -> 0 <= s -> s <= 1 ->
  (forall i, (i < V)%nat -> forall j, (j < V)%nat ->
    Rmin (q p w i * rpow (q p w j) (-1)) (p a i * rpow (p a j) (-1))
    <= q p (on_path w a s) i * rpow (q p (on_path w a s) j) (-1)) /\
  (forall i, (i < V)%nat -> forall j, (j < V)%nat ->
    q p (on_path w a s) i * rpow (q p (on_path w a s) j) (-1)
    <= Rmax (q p w i * rpow (q p w j) (-1)) (p a i * rpow (p a j) (-1))) /\
  (forall i, (i < V)%nat -> forall j, (j < V)%nat -> odds_defined p w i j) /\
  (forall i, (i < V)%nat -> forall j, (j < V)%nat -> odds_defined p (on_path w a s) i j).
Definition weight_monotonicity_divergence_from : Prop :=
  forall p w s a, (a < K)%nat -> interior K V p -> weights K w -> 0 <= s -> s <= 1 ->
  exp_minus_KL V (p a) (q p w) <= exp_minus_KL V (p a) (q p (on_path w a s)) /\ defined p w /\ defined p (on_path w a s).
Definition weight_monotonicity_divergence_to : Prop :=
  forall p w s a, (a < K)%nat -> interior K V p -> weights K w -> 0 <= s -> s <= 1 ->
  KL V (q p (on_path w a s)) (p a) <= KL V (q p w) (p a) /\ defined p w /\ defined p (on_path w a s).

(* Sequences of inputs in the domain that converge to an input in the domain, entry by entry. *)
Definition continuity (ok : (nat -> nat -> R) -> Prop) : Prop :=
  (forall (p_ : nat -> nat -> nat -> R) (w_ T_ : nat -> nat -> R) p w T,
    (forall t, ok (p_ t)) -> (forall t, weights K (w_ t)) -> (forall t, positive K (T_ t)) ->
    ok p -> weights K w -> positive K T ->
    (forall k, (k < K)%nat -> forall i, (i < V)%nat -> Un_cv (fun t => p_ t k i) (p k i)) ->
    (forall k, (k < K)%nat -> Un_cv (fun t => w_ t k) (w k)) ->
    (forall k, (k < K)%nat -> Un_cv (fun t => T_ t k) (T k)) ->
    forall i, (i < V)%nat ->
    Un_cv (fun t => G K V (soft V (T_ t) (p_ t)) (T_ t) (p_ t) (w_ t) i) (G K V (soft V T p) T p w i)) /\
  (forall p w T, ok p -> weights K w -> positive K T ->
    forall i, (i < V)%nat -> D K V (soft V T p) T p w i).
Definition continuity_interior : Prop := continuity (interior K V).
Definition continuity_closed : Prop := continuity (closed K V).

(* B is the rule with p_k in the place of the softened teachers; for rules that write p alone it is G. *)
Definition temperature_identity (B : rule) : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> G K V (fun k => raised V 1 (p k)) (fun _ => 1) p w i = B K V p (fun _ => 1) p w i) /\
  (forall i, (i < V)%nat -> D K V (fun k => raised V 1 (p k)) (fun _ => 1) p w i).

(* Teacher a has distribution x and temperature t, the others are softened by their own temperatures. *)
Definition replaced (a : nat) (x : nat -> R) (T : nat -> R) (p : nat -> nat -> R) (k i : nat) : R :=
  rif (Nat.eqb k a) (x i) (soft V T p k i).
Definition replaced_temperature (a : nat) (t : R) (T : nat -> R) (k : nat) : R := rif (Nat.eqb k a) t (T k).
Definition replaced_raw (a : nat) (x : nat -> R) (p : nat -> nat -> R) (k i : nat) : R :=
  rif (Nat.eqb k a) (x i) (p k i).
Definition before (a : nat) (t : R) (T : nat -> R) (p : nat -> nat -> R) (w : nat -> R) : nat -> R :=
  G K V (replaced a (raised V (rpow t (-1)) (p a)) T p) (replaced_temperature a t T) p w.
Definition before_defined (a : nat) (t : R) (T : nat -> R) (p : nat -> nat -> R) (w : nat -> R) : Prop :=
  forall i, (i < V)%nat ->
  D K V (replaced a (raised V (rpow t (-1)) (p a)) T p) (replaced_temperature a t T) p w i.
Definition after (a : nat) (x : nat -> R) (T : nat -> R) (p : nat -> nat -> R) (w : nat -> R) : nat -> R :=
  G K V (replaced a x T p) (replaced_temperature a 1 T) (replaced_raw a x p) w.
Definition after_defined (a : nat) (x : nat -> R) (T : nat -> R) (p : nat -> nat -> R) (w : nat -> R) : Prop :=
  forall i, (i < V)%nat -> D K V (replaced a x T p) (replaced_temperature a 1 T) (replaced_raw a x p) w i.
Definition uniform (i : nat) : R := rpow (INR V) (-1).
Definition one_hot (m i : nat) : R := rif (Nat.eqb i m) 1 0.

Definition temperature_uniform : Prop := forall p w T a, (a < K)%nat ->
  interior K V p -> weights K w -> positive K T ->
  (forall tau_, (forall t, 0 < tau_ t) -> to_infinity tau_ ->
    forall i, (i < V)%nat -> Un_cv (fun t => before a (tau_ t) T p w i) (after a uniform T p w i)) /\
  (forall tau, 0 < tau -> before_defined a tau T p w) /\
  (forall tau, 0 < tau -> after_defined a uniform T p w).
Definition temperature_argmax : Prop := forall p w T a, (a < K)%nat -> forall m, (m < V)%nat ->
  interior K V p -> weights K w -> positive K T ->
  (forall j, (j < V)%nat -> j <> m -> p a j < p a m) ->
  (forall tau_, (forall t, 0 < tau_ t) -> to_zero tau_ ->
    forall i, (i < V)%nat -> Un_cv (fun t => before a (tau_ t) T p w i) (after a (one_hot m) T p w i)) /\
  (forall tau, 0 < tau -> before_defined a tau T p w) /\
  (forall tau, 0 < tau -> after_defined a (one_hot m) T p w).
Definition temperature_commutes : Prop := forall p w tau, interior K V p -> weights K w -> 0 < tau ->
  (forall i, (i < V)%nat -> q_at tau p w i = raised V (rpow tau (-1)) (q p w) i) /\
  defined_at tau p w /\
  (forall i, (i < V)%nat -> D K V p (fun _ => 1) p w i /\ pow_defined tau (-1) /\
    pow_defined (q p w i) (rpow tau (-1)) /\
    (forall j, (j < V)%nat -> D K V p (fun _ => 1) p w j /\ pow_defined tau (-1) /\
      pow_defined (q p w j) (rpow tau (-1))) /\
    pow_defined (rsum V (fun j => rpow (q p w j) (rpow tau (-1)))) (-1)).
Definition temperature_entropy : Prop := forall p w tau theta, interior K V p -> weights K w ->
  0 < tau -> tau <= theta ->
  entropy V (q_at tau p w) <= entropy V (q_at theta p w) /\ defined_at tau p w /\ defined_at theta p w.
Definition temperature_pool_uniform : Prop := forall p w, interior K V p -> weights K w ->
  (forall tau_, (forall t, 0 < tau_ t) -> to_infinity tau_ ->
    forall i, (i < V)%nat -> Un_cv (fun t => q_at (tau_ t) p w i) (uniform i)) /\
  (forall tau, 0 < tau -> defined_at tau p w).
Definition temperature_pool_argmax : Prop := forall p w m, (m < V)%nat -> interior K V p -> weights K w ->
  (forall k, (k < K)%nat -> forall j, (j < V)%nat -> j <> m -> p k j < p k m) ->
  (forall tau_, (forall t, 0 < tau_ t) -> to_zero tau_ ->
    forall i, (i < V)%nat -> Un_cv (fun t => q_at (tau_ t) p w i) (one_hot m i)) /\
  (forall tau, 0 < tau -> defined_at tau p w).

Definition unanimity : Prop := forall x w, (forall i, (i < V)%nat -> 0 < x i) -> rsum V (fun i => x i) = 1 ->
  weights K w -> (forall i, (i < V)%nat -> q (fun _ => x) w i = x i) /\ defined (fun _ => x) w.
Definition anonymity : Prop := forall p w sigma, permutation K sigma -> interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> q (fun k => p (sigma k)) (fun k => w (sigma k)) i = q p w i) /\ defined p w.
Definition neutrality : Prop := forall p w pi, permutation V pi -> interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> q (fun k j => p k (pi j)) w i = q p w (pi i)) /\
  (forall i, (i < V)%nat -> D K V p (fun _ => 1) p w (pi i)).

Definition external_bayesianity : Prop := forall p w L, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> 0 < L i) ->
  let updated := fun k i => L i * p k i * rpow (rsum V (fun j => L j * p k j)) (-1) in
  (forall i, (i < V)%nat -> q updated w i = L i * q p w i * rpow (rsum V (fun j => L j * q p w j)) (-1)) /\
  defined updated w /\
  (forall i, (i < V)%nat -> D K V p (fun _ => 1) p w i /\ (forall j, (j < V)%nat -> D K V p (fun _ => 1) p w j) /\
    pow_defined (rsum V (fun j => L j * q p w j)) (-1)).

(* c i g tells whether outcome i becomes outcome g: V outcomes onto M = V - 1. *)
Definition merging (M : nat) (c : nat -> nat -> R) : Prop :=
  (forall i, (i < V)%nat -> forall g, (g < M)%nat -> c i g * c i g = c i g) /\
  (forall i, (i < V)%nat -> rsum M (fun g => c i g) = 1) /\
  (forall g, (g < M)%nat -> 1 <= rsum V (fun i => c i g)) /\
  INR M = INR V + (-1) * 1.
Definition marginalisation : Prop := forall M, (2 <= M)%nat -> forall p w c,
  interior K V p -> weights K w -> merging M c ->
  let merged := fun k g => rsum V (fun i => c i g * p k i) in
  (forall g, (g < M)%nat ->
    rsum V (fun i => c i g * q p w i) = G K M merged (fun _ => 1) merged w g) /\
  defined p w /\ (forall g, (g < M)%nat -> D K M merged (fun _ => 1) merged w g).

Definition rank_unanimity : Prop := forall p w i, (i < V)%nat -> forall j, (j < V)%nat ->
  interior K V p -> weights K w -> (forall k, (k < K)%nat -> p k j <= p k i) ->
  q p w j <= q p w i /\ D K V p (fun _ => 1) p w i /\ D K V p (fun _ => 1) p w j.
Definition floor_atom : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> rmin K (fun k => p k i) <= q p w i) /\ defined p w.
Definition attenuation_ceiling : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> q p w i <= rmax K (fun k => p k i)) /\ defined p w.

End Statements.
