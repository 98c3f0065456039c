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

(* ---- clones, blocks, other outcomes, logits ---- *)

(* Teacher a once more, at the end, with the part d of its weight. *)
Definition clone_invariance : Prop := forall p w d a, (a < K)%nat ->
  interior K V p -> weights K w -> 0 <= d -> d <= w a ->
  let p' := followed K p (fun _ => p a) in
  let w' := followed K (fun k => w k + (-1) * (d * rif (Nat.eqb k a) 1 0)) (fun _ => d) in
  (forall i, (i < V)%nat -> G (K + 1)%nat V p' (fun _ => 1) p' w' i = q p w i) /\
  (forall i, (i < V)%nat -> D (K + 1)%nat V p' (fun _ => 1) p' w' i) /\ defined p w.
(* A block of M teachers A with the weights beta u, then the other N teachers B with (1 - beta) v: the block's
   aggregate takes its place as one teacher. That the block's aggregate is defined is what well_defined_interior says. *)
Definition associativity : Prop := forall M, (1 <= M)%nat -> forall N, (1 <= N)%nat -> K = (M + N)%nat ->
  forall A u B v beta, interior M V A -> weights M u -> interior N V B -> weights N v -> 0 < beta -> beta <= 1 ->
  let rest := fun r => (1 + (-1) * beta) * v r in
  let pooled := followed 1 (fun _ => G M V A (fun _ => 1) A u) B in
  let pooled_weights := followed 1 (fun _ => beta) rest in
  let all := followed M A B in
  let all_weights := followed M (fun n => beta * u n) rest in
  (forall i, (i < V)%nat ->
    G (1 + N)%nat V pooled (fun _ => 1) pooled pooled_weights i = G (M + N)%nat V all (fun _ => 1) all all_weights i) /\
  (forall i, (i < V)%nat -> D (1 + N)%nat V pooled (fun _ => 1) pooled pooled_weights i) /\
  (forall i, (i < V)%nat -> D (M + N)%nat V all (fun _ => 1) all all_weights i).
Definition eventwise_independence : Prop := forall p w y i, (i < V)%nat ->
  interior K V p -> interior K V y -> weights K w -> (forall k, (k < K)%nat -> y k i = p k i) ->
  q p w i = q y w i /\ D K V p (fun _ => 1) p w i /\ D K V y (fun _ => 1) y w i.
(* g k i = exp(z k i) for the logits z; h k = exp of what is added to those of teacher k. *)
Definition logit_shift : Prop := forall g h w,
  (forall k, (k < K)%nat -> forall i, (i < V)%nat -> 0 < g k i) -> (forall k, (k < K)%nat -> 0 < h k) -> weights K w ->
  let softmax := fun k i => g k i * rpow (rsum V (fun j => g k j)) (-1) in
  let shifted := fun k i => h k * g k i * rpow (rsum V (fun j => h k * g k j)) (-1) in
  (forall i, (i < V)%nat -> q shifted w i = q softmax w i) /\ defined shifted w /\ defined softmax w.

(* ---- what no teacher warrants ---- *)

Definition argmax_unanimity : Prop := forall p w m, (m < V)%nat -> interior K V p -> weights K w ->
  (forall k, (k < K)%nat -> forall j, (j < V)%nat -> p k j <= p k m) ->
  (forall j, (j < V)%nat -> q p w j <= q p w m) /\ D K V p (fun _ => 1) p w m /\ defined p w.
Definition attenuation_strict : Prop := forall p w a, (a < K)%nat -> forall i, (i < V)%nat ->
  interior K V p -> weights K w -> p a i < rmax K (fun k => p k i) -> 0 < w a ->
  q p w i < rmax K (fun k => p k i) /\ D K V p (fun _ => 1) p w i.
(* As the p k i are positive, 0 in the place of teacher a leaves the maximum of the others. *)
Definition safety_inheritance : Prop := forall p w a, (a < K)%nat -> interior K V p -> weights K w -> 2 <= INR K ->
  (forall i, (i < V)%nat ->
    q p w i <= (1 + (-1) * w a) * rmax K (fun k => rif (Nat.eqb k a) 0 (p k i)) + w a * p a i) /\ defined p w.
(* The event is the set of outcomes i with e i = 1; at the others e i = 0. *)
Definition safety_event : Prop := forall p w e, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> e i * e i = e i) ->
  rsum V (fun i => e i * q p w i) <= rmax K (fun k => rsum V (fun i => e i * p k i)) /\ defined p w.
Definition safety_veto : Prop := forall p w a, (a < K)%nat -> forall i, (i < V)%nat ->
  closed K V p -> weights K w -> p a i = 0 -> 0 < w a -> defined p w -> q p w i = 0.

(* ---- divergences, entropies, losses ---- *)

Definition mean (w : nat -> R) (x : nat -> R) : R := rsum K (fun k => w k * x k).
(* KL(x;y) for positive x. *)
Definition divergence (x y : nat -> R) : R := rsum V (fun i => x i * ln (x i * rpow (y i) (-1))).
Definition square (x : nat -> R) : R := rsum V (fun i => rpow (x i) 2).
(* Where an entry of the aggregate is zero a loss of it is infinite. *)
Definition finite_loss (p : nat -> nat -> R) (w : nat -> R) : Prop := forall i, (i < V)%nat -> 0 < q p w i.
Definition positive_distribution (x : nat -> R) : Prop := (forall i, (i < V)%nat -> 0 < x i) /\ rsum V (fun i => x i) = 1.

Definition jensen_student_kl : Prop := forall p w x, interior K V p -> weights K w -> positive_distribution x ->
  KL V (q p w) x <= mean w (fun k => divergence (p k) x) /\ defined p w.
(* For positive x only, which is the same: the difference of the sides is affine in x. *)
Definition jensen_target_kl : Prop := forall p w x, interior K V p -> weights K w -> positive_distribution x ->
  divergence x (q p w) <= mean w (fun k => divergence x (p k)) /\ finite_loss p w /\ defined p w.
Definition entropy_concave : Prop := forall p w, interior K V p -> weights K w ->
  mean w (fun k => entropy V (p k)) <= entropy V (q p w) /\ defined p w.
Definition entropy_convex : Prop := forall p w, interior K V p -> weights K w ->
  entropy V (q p w) <= mean w (fun k => entropy V (p k)) /\ defined p w.
Definition log_loss_pointwise : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> (-1) * ln (q p w i) <= mean w (fun k => (-1) * ln (p k i))) /\
  finite_loss p w /\ defined p w.
Definition brier_mean : Prop := forall p w, interior K V p -> weights K w ->
  (forall j, (j < V)%nat -> let label := fun i => (-1) * rif (Nat.eqb i j) 1 0 in
    square (fun i => q p w i + label i) <= mean w (fun k => square (fun i => p k i + label i))) /\ defined p w.
Definition regret_log_weight : Prop := forall p w a, (a < K)%nat -> interior K V p -> weights K w -> 0 < w a ->
  (forall i, (i < V)%nat ->
    (-1) * ln (q p w i) + (-1) * ((-1) * ln (p a i)) <= ln (rpow (w a) (-1))) /\ finite_loss p w /\ defined p w.

(* ---- random teachers: N scenarios s with probabilities pi s, in which the teachers are P s ---- *)

Definition random_teachers (N : nat) (P : nat -> nat -> nat -> R) (pi : nat -> R) : Prop :=
  (forall s, (s < N)%nat -> forall k, (k < K)%nat -> forall i, (i < V)%nat -> 0 < P s k i) /\
  (forall s, (s < N)%nat -> forall k, (k < K)%nat -> rsum V (fun i => P s k i) = 1) /\ weights N pi.
Definition expectation (N : nat) (pi x : nat -> R) : R := rsum N (fun s => pi s * x s).
Definition covariance (N : nat) (pi x y : nat -> R) : R :=
  expectation N pi (fun s => (x s + (-1) * expectation N pi x) * (y s + (-1) * expectation N pi y)).
Definition variance (N : nat) (pi x : nat -> R) : R :=
  expectation N pi (fun s => rpow (x s + (-1) * expectation N pi x) 2).
Definition one_mean (N : nat) (P : nat -> nat -> nat -> R) (pi : nat -> R) : Prop :=
  forall k, (k < K)%nat -> forall l, (l < K)%nat -> forall i, (i < V)%nat ->
  expectation N pi (fun s => P s k i) = expectation N pi (fun s => P s l i).
Definition uncorrelated (N : nat) (P : nat -> nat -> nat -> R) (pi : nat -> R) : Prop :=
  forall k, (k < K)%nat -> forall l, (l < K)%nat -> forall i, (i < V)%nat ->
  k <> l -> covariance N pi (fun s => P s k i) (fun s => P s l i) = 0.

(* In scenario s the label is i with the chance eta s i. *)
Definition log_loss_expected : Prop := forall N, (1 <= N)%nat -> forall P pi w eta,
  random_teachers N P pi -> weights K w ->
  (forall s, (s < N)%nat -> forall i, (i < V)%nat -> 0 < eta s i) ->
  (forall s, (s < N)%nat -> rsum V (fun i => eta s i) = 1) ->
  expectation N pi (fun s => rsum V (fun i => eta s i * ((-1) * ln (q (P s) w i))))
  <= expectation N pi (fun s => rsum V (fun i => eta s i * mean w (fun k => (-1) * ln (P s k i)))) /\
  (forall s, (s < N)%nat -> finite_loss (P s) w) /\ (forall s, (s < N)%nat -> defined (P s) w).
(* The difference is a sum of terms that are never negative: it is positive exactly when one of them is. *)
Definition variance_uncorrelated : Prop := forall N, (1 <= N)%nat -> forall P pi w,
  random_teachers N P pi -> weights K w -> one_mean N P pi -> uncorrelated N P pi ->
  let of_teacher := fun i k => variance N pi (fun s => P s k i) in
  let squares := fun i => rsum K (fun k => rpow (w k) 2 * of_teacher i k) in
  (forall i, (i < V)%nat -> variance N pi (fun s => q (P s) w i) = squares i) /\
  (forall i, (i < V)%nat -> mean w (of_teacher i) + (-1) * squares i
    = rsum K (fun k => w k * (1 + (-1) * w k) * of_teacher i k)) /\
  (forall k, (k < K)%nat -> forall i, (i < V)%nat -> 0 <= w k * (1 + (-1) * w k) * of_teacher i k) /\
  (forall i, (i < V)%nat -> squares i <= mean w (of_teacher i)) /\
  (forall s, (s < N)%nat -> defined (P s) w).
Definition off_diagonal (w : nat -> R) (x : nat -> nat -> R) : R :=
  rsum K (fun k => rsum K (fun l => rif (Nat.eqb k l) 0 (w k * w l * x k l))).
(* The second equation is what the first says of a common variance and a common correlation. *)
Definition variance_correlated : Prop := forall N, (1 <= N)%nat -> forall P pi w common correlation,
  random_teachers N P pi -> weights K w -> one_mean N P pi ->
  let square_weights := rsum K (fun k => rpow (w k) 2) in
  (forall i, (i < V)%nat -> variance N pi (fun s => q (P s) w i)
    = rsum K (fun k => rpow (w k) 2 * variance N pi (fun s => P s k i))
      + off_diagonal w (fun k l => covariance N pi (fun s => P s k i) (fun s => P s l i))) /\
  rsum K (fun k => rpow (w k) 2 * common) + off_diagonal w (fun _ _ => correlation * common)
    = common * (correlation + (1 + (-1) * correlation) * square_weights) /\
  (forall s, (s < N)%nat -> defined (P s) w).
Definition variance_optimal : Prop := forall N, (1 <= N)%nat -> forall P pi w i, (i < V)%nat ->
  random_teachers N P pi -> weights K w -> one_mean N P pi -> uncorrelated N P pi ->
  (forall k, (k < K)%nat -> 0 < variance N pi (fun s => P s k i)) ->
  let inverse := fun k => rpow (variance N pi (fun s => P s k i)) (-1) in
  let total := rpow (rsum K inverse) (-1) in
  let best := fun k => inverse k * total in
  total <= variance N pi (fun s => q (P s) w i) /\
  variance N pi (fun s => q (P s) best i) = total /\
  (forall s, (s < N)%nat -> D K V (P s) (fun _ => 1) (P s) w i) /\
  (forall s, (s < N)%nat -> D K V (P s) (fun _ => 1) (P s) best i).

(* Every teacher draws one of M rows by the chances rho, independently of the others: f s k n is 1 for the row n that
   teacher k has drawn in scenario s, and 0 for the others, so P s k is that row. No two scenarios agree and there are
   M^K, so they are all the ways to draw; each has the product of the chances. *)
Definition chances (M : nat) (rho : nat -> R) : Prop :=
  (forall n, (n < M)%nat -> 0 < rho n) /\ rsum M (fun n => rho n) = 1.
Definition draws (N M : nat) (rows : nat -> nat -> R) (rho : nat -> R)
    (f P : nat -> nat -> nat -> R) (pi : nat -> R) : Prop :=
  (forall s, (s < N)%nat -> forall k, (k < K)%nat -> forall n, (n < M)%nat -> f s k n * f s k n = f s k n) /\
  (forall s, (s < N)%nat -> forall k, (k < K)%nat -> rsum M (fun n => f s k n) = 1) /\
  (forall s, (s < N)%nat -> forall t, (t < N)%nat -> s <> t ->
    rsum K (fun k => rsum M (fun n => f s k n * f t k n)) <= INR K + (-1) * 1) /\
  INR N = rpow (INR M) (INR K) /\
  (forall s, (s < N)%nat -> pi s = rprod K (fun k => rsum M (fun n => f s k n * rho n))) /\
  (forall s, (s < N)%nat -> forall k, (k < K)%nat -> forall i, (i < V)%nat ->
    P s k i = rsum M (fun n => f s k n * rows n i)).
(* What follows of that, beside that the P are random teachers: each has the mean and the mean square of a drawn row,
   and any two are independent. *)
Definition draws_follow (N M : nat) (rows : nat -> nat -> R) (rho : nat -> R)
    (P : nat -> nat -> nat -> R) (pi : nat -> R) : Prop :=
  (forall k, (k < K)%nat -> forall i, (i < V)%nat ->
    expectation N pi (fun s => P s k i) = expectation M rho (fun n => rows n i)) /\
  (forall k, (k < K)%nat -> forall i, (i < V)%nat ->
    expectation N pi (fun s => rpow (P s k i) 2) = expectation M rho (fun n => rpow (rows n i) 2)) /\
  (forall k, (k < K)%nat -> forall l, (l < K)%nat -> forall i, (i < V)%nat -> k <> l ->
    expectation N pi (fun s => P s k i * P s l i) = rpow (expectation M rho (fun n => rows n i)) 2).
Definition variance_coordinate : Prop := forall M, (1 <= M)%nat -> forall N, (1 <= N)%nat ->
  forall rows rho f P pi w, interior M V rows -> chances M rho -> draws N M rows rho f P pi ->
  random_teachers N P pi -> weights K w -> draws_follow N M rows rho P pi ->
  (forall i, (i < V)%nat ->
    variance N pi (fun s => q (P s) w i) <= variance M rho (fun n => rows n i)) /\
  (forall s, (s < N)%nat -> defined (P s) w).
Definition variance_trace : Prop := forall M, (1 <= M)%nat -> forall N, (1 <= N)%nat ->
  forall rows rho f P pi w, interior M V rows -> chances M rho -> draws N M rows rho f P pi ->
  random_teachers N P pi -> weights K w -> draws_follow N M rows rho P pi ->
  rsum V (fun i => variance N pi (fun s => q (P s) w i)) <= rsum V (fun i => variance M rho (fun n => rows n i)) /\
  (forall s, (s < N)%nat -> defined (P s) w).

(* ---- decompositions; x is the target ---- *)

Definition bias_convex : Prop := forall N, (1 <= N)%nat -> forall P pi w x,
  random_teachers N P pi -> weights K w -> (forall i, (i < V)%nat -> 0 <= x i) -> rsum V (fun i => x i) = 1 ->
  square (fun i => expectation N pi (fun s => q (P s) w i) + (-1) * x i)
  <= mean w (fun k => square (fun i => expectation N pi (fun s => P s k i) + (-1) * x i)) /\
  (forall s, (s < N)%nat -> defined (P s) w).
Definition bias_ambiguity : Prop := forall p w x, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> 0 <= x i) -> rsum V (fun i => x i) = 1 ->
  square (fun i => q p w i + (-1) * x i)
  = mean w (fun k => square (fun i => p k i + (-1) * x i))
    + (-1) * mean w (fun k => square (fun i => p k i + (-1) * q p w i)) /\ defined p w.
Definition kl_ambiguity : Prop := forall p w x, interior K V p -> weights K w -> positive_distribution x ->
  divergence x (q p w)
  = mean w (fun k => divergence x (p k)) + (-1) * mean w (fun k => divergence (q p w) (p k)) /\
  finite_loss p w /\ defined p w.
Definition kl_compensation : Prop := forall p w x, interior K V p -> weights K w -> positive_distribution x ->
  mean w (fun k => divergence (p k) x) + (-1) * divergence (q p w) x
  = mean w (fun k => divergence (p k) (q p w)) /\ finite_loss p w /\ defined p w.

(* ---- one teacher changes ---- *)

Definition changed (a : nat) (x : nat -> R) (p : nat -> nat -> R) (k i : nat) : R := rif (Nat.eqb k a) (x i) (p k i).
Definition response : Prop := forall p w d a, (a < K)%nat -> forall i, (i < V)%nat ->
  interior K V p -> weights K w -> 0 <= d -> d < 1 ->
  let p' := changed a (fun j => (1 + (-1) * d) * p a j + d * rif (Nat.eqb j i) 1 0) p in
  q p w i <= q p' w i /\ D K V p (fun _ => 1) p w i /\ D K V p' (fun _ => 1) p' w i.
Definition total_variation (x y : nat -> R) : R :=
  rsum V (fun i => Rmax (x i + (-1) * y i) (y i + (-1) * x i)) * rpow 2 (-1).
Definition robustness : Prop := forall p w x a, (a < K)%nat -> interior K V p -> weights K w -> positive_distribution x ->
  total_variation (q p w) (q (changed a x p) w) <= w a * total_variation (p a) x /\
  defined p w /\ defined (changed a x p) w.

(* ---- asked when named ---- *)

Definition linear_pool : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> q p w i = rsum K (fun k => w k * p k i)) /\ defined p w.
(* h is another weight vector, g another set of teachers; alone k is the weight vector that is 1 at a. *)
Definition assumption_l : Prop := forall p g w h s a, (a < K)%nat -> forall i, (i < V)%nat ->
  interior K V p -> interior K V g -> weights K w -> weights K h -> 0 <= s -> s <= 1 -> p a i = g a i ->
  let mixed := fun k => (1 + (-1) * s) * w k + s * h k in
  let alone := fun k => rif (Nat.eqb k a) 1 0 in
  q p mixed i = (1 + (-1) * s) * q p w i + s * q p h i /\ q p alone i = q g alone i /\
  D K V p (fun _ => 1) p mixed i /\ D K V p (fun _ => 1) p w i /\ D K V p (fun _ => 1) p h i /\
  D K V p (fun _ => 1) p alone i /\ D K V g (fun _ => 1) g alone i.
Definition safety_hoelder : Prop := forall p w e, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> e i * e i = e i) ->
  rsum V (fun i => e i * q p w i) * rsum V (fun j => rprod K (fun k => rpow (p k j) (w k)))
    <= rprod K (fun k => rpow (rsum V (fun i => e i * p k i)) (w k)) /\ defined p w.
Definition variance_definition : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> rsum K (fun k => w k * rpow (p k i) 2) + (-1) * rpow (q p w i) 2
    = rsum K (fun k => w k * rpow (p k i + (-1) * q p w i) 2)) /\ defined p w.
Definition variance_nonnegative : Prop := forall p w, interior K V p -> weights K w ->
  (forall i, (i < V)%nat -> rpow (q p w i) 2 <= rsum K (fun k => w k * rpow (p k i) 2)) /\ defined p w.
Definition variance_sum : Prop := forall N, (1 <= N)%nat -> forall P pi w,
  random_teachers N P pi -> weights K w -> one_mean N P pi ->
  (forall i, (i < V)%nat -> variance N pi (fun s => q (P s) w i)
    <= rsum K (fun k => variance N pi (fun s => P s k i))) /\
  (forall s, (s < N)%nat -> defined (P s) w).

End Statements.
